/** The CloudFormation template of the Lambda function. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listGrantedActions } from '../../../scripts/generate-iam-policy.ts';
import { validateTemplate } from '../support/cloudformation.ts';
import type { Step } from '../support/step.ts';

export const step: Step = {
  title: 'Lambda template',
  needs: [],
  async run({ root, workDir, check }) {
    const file = join(root, 'template.yaml');
    const { Resources, Parameters } = validateTemplate(file, join(workDir, 'lambda'));
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
