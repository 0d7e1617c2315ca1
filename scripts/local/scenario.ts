/** `npm run scenario -- export NAME FILE`: writes a built-in scenario as a file (`.json`, or `.json.gz`). */
import '../assert-node.mjs';
import { exportScenario } from '../../local/scenarios/file/write-file.ts';
import { BUILT_IN_SCENARIOS } from '../../local/scenarios/registry.ts';

const USAGE = `npm run scenario -- export NAME FILE

${Object.entries(BUILT_IN_SCENARIOS)
  .map(([name, { title }]) => `  ${name.padEnd(24)}${title}`)
  .join('\n')}
`;

await main(process.argv.slice(2));

async function main([command, name = '', file]: readonly string[]): Promise<void> {
  const scenario = Object.hasOwn(BUILT_IN_SCENARIOS, name) ? BUILT_IN_SCENARIOS[name] : undefined;
  if (command !== 'export' || scenario === undefined || file === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = 1;
    return;
  }
  await exportScenario(scenario.make(), file);
  process.stdout.write(`${name} is in ${file} → npm start -- --scenario ${file}\n`);
}
