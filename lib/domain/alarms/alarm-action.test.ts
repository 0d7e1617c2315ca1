import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../test/support/property.ts';
import { describeAlarmActions, readAlarmAction } from './alarm-action.ts';

const ACCOUNT = '111122223333';

describe('readAlarmAction', () => {
  it.each([
    [`arn:aws:sns:us-east-1:${ACCOUNT}:on-call`, 'SNS topic', 'on-call'],
    [`arn:aws-cn:sns:cn-north-1:${ACCOUNT}:on-call.fifo`, 'SNS topic', 'on-call.fifo'],
    [`arn:aws:lambda:us-east-1:${ACCOUNT}:function:fix-it:live`, 'Lambda function', 'fix-it:live'],
    ['arn:aws:automate:us-east-1:ec2:reboot', 'EC2 action', 'reboot'],
    [`arn:aws:swf:us-east-1:${ACCOUNT}:action/actions/AWS_EC2.InstanceId.Stop/1.0`, 'EC2 action', 'Stop'],
    [
      `arn:aws:autoscaling:us-east-1:${ACCOUNT}:scalingPolicy:0f-1:autoScalingGroupName/web:policyName/scale-out`,
      'scaling policy',
      'scale-out',
    ],
    [
      `arn:aws:autoscaling:us-east-1:${ACCOUNT}:scalingPolicy:0f-1:resource/ecs/service/shop/api:policyName/cpu:createdBy/5e`,
      'scaling policy',
      'cpu',
    ],
    [`arn:aws:ssm:us-east-1:${ACCOUNT}:opsitem:2#CATEGORY=Performance`, 'OpsItem of severity', '2'],
    [`arn:aws:ssm-incidents::${ACCOUNT}:response-plan/checkout`, 'incident response plan', 'checkout'],
    [`arn:aws:aiops:us-east-1:${ACCOUNT}:investigation-group/g1`, 'investigation group', 'g1'],
    [`arn:aws:events:us-east-1:${ACCOUNT}:rule/x/y`, 'events action', 'y'],
    ['whatever', 'action', 'whatever'],
    ['', 'action', ''],
  ])('reads %s', (arn, kind, name) => {
    expect(readAlarmAction(arn)).toEqual({ kind, name });
  });
});

describe('describeAlarmActions', () => {
  it('shows no account id of an ARN that it knows', () => {
    const text = describeAlarmActions([
      `arn:aws:sns:us-east-1:${ACCOUNT}:a`,
      `arn:aws:events:us-east-1:${ACCOUNT}:rule/b`,
    ]);
    expect(text).toBe('SNS topic a, events action b');
  });

  it('is one clean line whatever the ARNs hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: anyCharacter }), { maxLength: 5 }), (arns) => {
        expect(describeAlarmActions(arns)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
