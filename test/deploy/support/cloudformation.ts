/** CloudFormation's schemas and rules over a template, offline (aws-cdk-lib). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the properties of any resource
  readonly Properties: Readonly<Record<string, any>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters: Readonly<Record<string, { readonly Default?: string | number }>>;
}

/**
 * @param outdir a folder of its own for the report
 * @throws for unknown or missing properties, wrong types, references to nothing, and values that a rule warns of
 */
export function validateTemplate(templateFile: string, outdir: string): Template {
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
  });
  const stack = new Stack(app, 'Validated');
  const included = new CfnInclude(stack, 'Template', { templateFile });
  if (included.node.children.length === 0) throw new Error(`${templateFile} has no resources`);
  const template = app.synth().getStackByName(stack.stackName).template as Template;
  const report = join(outdir, 'validation-report.json');
  if (existsSync(report)) {
    const findings = findViolations(JSON.parse(readFileSync(report, 'utf8')));
    if (findings.length > 0) throw new Error(`${templateFile}: ${findings.join('; ')}`);
  }
  return template;
}

function findViolations(report: unknown): string[] {
  const { pluginReports = [] } = report as {
    pluginReports?: { violations?: { ruleName?: string; description?: string }[] }[];
  };
  return pluginReports.flatMap(({ violations = [] }) =>
    violations.map(({ ruleName = '', description = '' }) => `${ruleName} ${description}`),
  );
}
