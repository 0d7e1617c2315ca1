declare const __VERSION__: string | undefined;

/** Of package.json; put in by the build, `dev` when the sources run unbuilt. */
export const VERSION: string = typeof __VERSION__ === 'string' ? __VERSION__ : 'dev';
