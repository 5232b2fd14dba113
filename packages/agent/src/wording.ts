/** What the model reads when a call was not run, or an answer cannot stand. */
export const wording = {
  cancelled: 'Not run: the run was cancelled.',
  cancelledWhileRunning: 'Cancelled while it ran: it may have taken effect in part.',
  truncated:
    'Not run: your answer was cut off at its length limit, so this call may be incomplete. Make it again in smaller pieces.',
  filtered: 'Not run: your answer was stopped by a content filter.',
  afterCompletion: 'Not run: it came after the call that declared the task done.',
  interrupted:
    'Interrupted: the run ended before this call was answered. It may have taken effect in part, so look before you repeat it.',
  unanswered: 'No result was recorded for this call.',
  goOnInPieces:
    'Your answer was cut off at its length limit. Go on in smaller pieces: a shorter answer, or a call that writes less at once.',
  completed: 'The task is done.',
} as const;
