/** How the keys of services begin, as the source of a pattern: whoever looks for keys looks for all of these. */
export const keyPrefix = '(?:sk|gsk|rk|pk|hf|xai|nvapi|tgp|csk|fw|gh[opsu]|github_pat|glpat|xox[abp])[-_]';
