/**
 * What the long-lived shell runs. It reads messages from file descriptor 3 and writes everything to one pipe, its
 * standard output; while a command runs, both are closed for it under the numbers that the loop uses.
 *
 * A message is `CALL:COMMAND` or `CALL@FILE`, ended by NUL in bash and by a line end in sh. When the command has ended,
 * the shell reads the end marker, which the command therefore cannot know, and prints it with status, last background
 * process and directory.
 *
 * Arguments: a directory for files, the file to save state to, the file to load state from, the mark for processes.
 */
export type ShellDialect = {
  readonly program: string;
  readonly options: readonly string[];
  readonly definitions: string;
  /** On one line, so that the line numbers in error messages are the command's own. */
  readonly loop: string;
  /** The longest command, in characters, that is sent by itself; the others are sent as files. */
  readonly longestInline: number;
  readonly messageEnd: string;
};

const bashDefinitions = `
exec 61>>"$1/journal" 62<&3 63>&1 3<&-

# Runs on exit, with the options and the positional parameters of that moment.
__trae_save() {
  {
    set +euxv
    unset -v "\${!__trae_@}"
    declare -p
    shopt -p
    declare -f
    declare -Fx
    alias -p
    trap -p
    umask -p
    if ((\${#FUNCNAME[@]} == 1 && $# > 1)); then printf 'set --'; printf ' %q' "\${@:2}"; printf '\\n'; fi
    set +o
    [[ -z \${1//[^euxv]/} ]] || printf 'set -%s\\n' "\${1//[^euxv]/}"
    printf '# complete\\n'
  } >|"$__trae_state" 2>/dev/null
}

# Ends the command before, if there was one, and waits for the next.
__trae_next() {
  local __trae_status=$? __trae_options=$- __trae_marker __trae_message __trae_call
  if [[ -n \${__trae_command+set} ]]; then
    set +euxv
    __trae_flags=\${__trae_options//[^euxv]/}
    unset -v __trae_command
    # The journal is begun anew now and then; to truncate it each time would cost more than all the rest.
    ((__trae_count++ % 256)) || : >|"$__trae_directory/journal"
    { printf '# environment\\n'; export -p; printf '# complete\\n'; } >&61
    IFS= read -r -u 62 __trae_marker
    printf '\\036%s\\037%s\\037%s\\037%s\\000' "$__trae_marker" "$__trae_status" "\${!-}" "\${PWD:0:1024}" >&63
  fi
  IFS= read -r -d '' -u 62 __trae_message || return 1
  __trae_call=\${__trae_message%%[:@]*}
  export TRAE_CLI_RUN="$__trae_mark.$__trae_call"
  __trae_command=\${__trae_message#*[:@]}
  [[ \${__trae_message:\${#__trae_call}:1} == : ]] || IFS= read -r -d '' __trae_command <"$__trae_command"
  printf '# call %s\\n' "$__trae_call" >&61
  return 0 # A full disk is no reason to end.
}

__trae_load() {
  local __trae_name
  while IFS= read -r __trae_name; do unset -v "$__trae_name"; done < <(compgen -e)
}

__trae_directory=$1 __trae_state=$2 __trae_mark=$4 __trae_count=0 __trae_flags= __trae_loaded=$3
set --
shopt -s expand_aliases
if [[ -n $__trae_loaded ]]; then
  {
    __trae_load
    . "$__trae_loaded"
    __trae_flags=\${-//[^euxv]/}
    set +euxv
    __trae_last=\${OLDPWD-}
  } >/dev/null 2>&1
  cd -- "$PWD" || PWD=$(pwd -P)
  OLDPWD=$__trae_last
fi
trap '__trae_save "$-" "$@"' EXIT
trap 'exit 124' VTALRM
`;

export const bash: ShellDialect = {
  program: 'bash',
  options: ['--noprofile', '--norc'],
  definitions: bashDefinitions,
  loop:
    '. "$1/definitions"; while { __trae_next; } 2>/dev/null; do ' +
    'eval "${__trae_flags:+set -$__trae_flags; }$__trae_command" </dev/null >&63 2>&1 61>&- 62<&- 63>&-; done',
  longestInline: 1000,
  messageEnd: '\0',
};

const shDefinitions = `
exec 7>>"$1/journal" 8<&3 9>&1 3<&-

__trae_next() {
  __trae_status=$?
  if [ -n "$__trae_command" ]; then
    set +eux
    __trae_command=
    { echo '# environment'; export -p; echo '# complete'; } >&7
    IFS= read -r __trae_marker <&8
    printf '\\036%s\\037%s\\037%s\\037%s\\000' "$__trae_marker" "$__trae_status" "\${!-}" "$PWD" >&9
  fi
  IFS= read -r __trae_message <&8 || return 1
  export TRAE_CLI_RUN="$__trae_mark.\${__trae_message%%@*}"
  echo "# call \${__trae_message%%@*}" >&7
  __trae_command=$(cat "\${__trae_message#*@}"; echo x)
  __trae_command=\${__trae_command%x}
}

__trae_mark=$4 __trae_command= __trae_loaded=$3
set --
if [ -n "$__trae_loaded" ]; then
  . "$__trae_loaded" >/dev/null 2>&1
  cd -- "$PWD"
fi
trap 'exit 124' VTALRM
`;

/** For a machine without bash: exported variables and the directory last, arrays and shell options do not. */
export const sh: ShellDialect = {
  program: 'sh',
  options: [],
  definitions: shDefinitions,
  loop:
    '. "$1/definitions"; while { __trae_next; } 2>/dev/null; do ' +
    'eval "$__trae_command" </dev/null >&9 2>&1 7>&- 8<&- 9>&-; done',
  longestInline: 0,
  messageEnd: '\n',
};
