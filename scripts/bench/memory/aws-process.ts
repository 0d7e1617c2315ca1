/** The embedded AWS in a process of its own, with a role that every user may take: forked by embedded-aws.ts. */
import { DEFAULT_AUDIENCE } from '../../../local/issuer/issuer.ts';
import { startLocalAws } from '../../../local/stack.ts';
import { whenParentEnds } from '../../local/when-parent-ends.ts';
import { type AnswerKind, startAnswerFront } from './answer-front.ts';
import type { Started } from './embedded-aws.ts';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/CloudWatchMCPRole';

const subjects = Array.from({ length: Number(process.argv[2]) }, (_, index) => `user-${index}`);
const local = await startLocalAws({
  rolesFor: (issuer) => [
    {
      arn: ROLE_ARN,
      maxSessionSeconds: 3_600,
      webIdentities: [{ issuer, audience: DEFAULT_AUDIENCE, subjects }],
      principals: [],
    },
  ],
});
const front = await startAnswerFront(local.endpoint);
const { issuer, audience } = local.issuer;
const tokens = await Promise.all(subjects.map((subject) => local.issuer.mint(subject)));
const started: Started = {
  endpoint: local.endpoint,
  front: front.endpoint,
  issuer: { issuer, audience },
  roleArns: { prod: ROLE_ARN },
  tokens,
};
process.send?.(started);
process.on('message', (kind: AnswerKind) => {
  front.setKind(kind);
  process.send?.(kind);
});
process.once('SIGTERM', stop);
whenParentEnds(stop);

function stop(): void {
  front.close();
  void local.close().then(() => process.exit());
}
