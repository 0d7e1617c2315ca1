import { SETTINGS } from '../../lib/config/settings.ts';

/** The table of docs/configuration.md. */
export function renderSettingsTable(): string {
  const rows = Object.values(SETTINGS).map((setting) => {
    const names = setting.variables.map((name) => `\`${name}\``).join(', else ');
    const fallback = setting.fallback === undefined || setting.fallback === '' ? '' : `\`${setting.fallback}\``;
    return `| ${names} | ${fallback} | ${setting.description.replaceAll('|', '\\|')} |`;
  });
  return `| variable | default | meaning |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}
