import type { Command } from 'commander';
import type { Host } from '../../host/host.js';

/** The exit status, set by the command that ran. */
export type Status = { exit: number };

/** Adds one command to the program: its flags and its help. What it does is loaded when it is called. */
export type Declaration = (program: Command, host: Host, status: Status) => void;
