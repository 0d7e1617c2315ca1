/** The CloudFormation template of the Lambda function. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../../lib/config/config.ts';
import { listGrantedActions } from '../../../scripts/generate/iam-policy.ts';
import { type Template, validateTemplate } from '../support/cloudformation.ts';
import type { Step } from '../support/step.ts';

/** What a reader of the template would fill in; everything else has its default. */
const GIVEN: Readonly<Record<string, string>> = {
  Issuer: 'https://login.example.com/tenant/',
  ClientId: 'client-1,client-2',
  CloudWatchRoleArn: 'arn:aws:iam::111122223333:role/CloudWatchMCPRole',
};

/** The function's environment, as CloudFormation would set it. */
function resolveVariables({ Resources, Parameters }: Template, given: Readonly<Record<string, string>>) {
  const variables = Resources.Function?.Properties.Environment.Variables as Record<string, string | { Ref: string }>;
  const entries = Object.entries(variables).map(([name, value]) => {
    if (typeof value === 'string') return [name, value];
    return [name, given[value.Ref] ?? String(Parameters[value.Ref]?.Default ?? '')];
  });
  return { ...(Object.fromEntries(entries) as Record<string, string>), AWS_REGION: 'us-east-1' };
}

export const step: Step = {
  title: 'Lambda template',
  needs: [],
  async run({ root, workDir, check }) {
    const file = join(root, 'template.yaml');
    const template = validateTemplate(file, join(workDir, 'lambda'));
    const { Resources, Parameters } = template;
    const properties = (name: string) => Resources[name]?.Properties ?? {};

    await check('streams behind a Function URL', () => {
      assert.equal(properties('FunctionUrl').AuthType, 'NONE');
      assert.equal(properties('FunctionUrl').InvokeMode, 'RESPONSE_STREAM');
      const { Runtime, Architectures, Handler, ReservedConcurrentExecutions } = properties('Function');
      assert.deepEqual([Runtime, Architectures, Handler], ['nodejs24.x', ['arm64'], 'server.handler']);
      assert.notEqual(ReservedConcurrentExecutions, undefined);
    });
    await check('gives both permissions, and nobody may call past the URL', () => {
      const permissions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Permission');
      const [invoke, url] = permissions
        .map(({ Properties }) => Properties)
        .sort((a, b) => (a.Action < b.Action ? -1 : 1));
      assert.equal(permissions.length, 2);
      assert.deepEqual(
        [url?.Action, url?.Principal, url?.FunctionUrlAuthType],
        ['lambda:InvokeFunctionUrl', '*', 'NONE'],
      );
      assert.deepEqual(
        [invoke?.Action, invoke?.Principal, invoke?.InvokedViaFunctionUrl],
        ['lambda:InvokeFunction', '*', true],
      );
    });
    await check('sets authentication on and every setting from a parameter', () => {
      const { Variables } = properties('Function').Environment;
      assert.equal(Variables.ENABLE_AUTH, 'true');
      assert.equal(Variables.ALLOW_UNAUTHENTICATED, undefined);
      assert.deepEqual(Variables.MCP_RESOURCE_URL, { Ref: 'ResourceUrl' });
      for (const name of ['AWS_IDENTITY_CENTER_ISSUER', 'AWS_IDENTITY_CENTER_CLIENT_ID', 'AWS_CLOUDWATCH_ROLE_ARN'])
        assert(Parameters[Variables[name].Ref] !== undefined, name);
    });
    await check('the program starts with that environment, in each mode and pass', () => {
      const url = 'https://abc.lambda-url.us-east-1.on.aws/mcp';
      const ways: readonly Record<string, string>[] = [
        {},
        { ResourceUrl: url },
        { CredentialMode: 'assume-role' },
        { CredentialMode: 'ambient', CloudWatchRoleArn: '' },
      ];
      for (const way of ways) {
        const config = loadConfig(resolveVariables(template, { ...GIVEN, ...way }), 'lambda');
        assert.deepEqual([config.isAuthEnabled, config.credentialMode], [true, way.CredentialMode ?? 'web-identity']);
      }
      assert.throws(() => loadConfig(resolveVariables(template, {}), 'lambda'), /AWS_IDENTITY_CENTER_ISSUER/);
    });
    await check('sizes the heap by a parameter, in as much memory as one call may want', () => {
      assert.deepEqual(properties('Function').Environment.Variables.NODE_OPTIONS, { Ref: 'NodeOptions' });
      assert.match(String(Parameters.NodeOptions?.Default), /^--max-semi-space-size=\d+$/);
      assert.deepEqual(properties('Function').MemorySize, { Ref: 'MemorySize' });
      assert.equal(Parameters.MemorySize?.Default, 512);
    });
    await check('reads CloudWatch with its own role in the mode ambient only', () => {
      assert.equal(Resources.AmbientPolicy?.Condition, 'IsAmbient');
      const statements = properties('AmbientPolicy').PolicyDocument.Statement as { Action: string[] }[];
      assert.deepEqual(statements.flatMap(({ Action }) => Action).sort(), listGrantedActions());
    });
    await check('the validation refuses what CloudFormation would refuse', async () => {
      const text = await readFile(file, 'utf8');
      const faults = [
        ['InvokedViaFunctionUrl: true', 'InvokedViaFunctionUrl: maybe'],
        ['AuthType: NONE', 'AuthType: NOBODY'],
        ['nodejs24.x', 'nodejs99.x'],
        ['Handler: server.handler', 'Handlr: server.handler'],
        ['!GetAtt Function.Arn', '!GetAtt Nothing.Arn'],
      ] as const;
      for (const [index, [good, bad]] of faults.entries()) {
        const broken = join(workDir, `broken-${index}.yaml`);
        await writeFile(broken, text.replace(good, bad));
        assert.throws(() => validateTemplate(broken, join(workDir, `broken-${index}`)), Error, bad);
      }
    });
  },
};
