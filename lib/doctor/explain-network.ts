/** Why a host was not reached → what the operator looks at next, with a command to copy. */
import type { NetworkReason } from './finding.ts';
import type { NetworkFault } from './network-reason.ts';

export interface Place {
  /** Namespace of the pod, or a placeholder. */
  readonly namespace: string;
  readonly region: string;
  /** `host[:port]` that was asked. */
  readonly host: string;
  /** Of a VPC endpoint that would serve that host, e.g. `monitoring`; undefined for an issuer. */
  readonly service?: string;
}

interface Explanation {
  readonly said: string;
  readonly advice: string;
  readonly next: (place: Place) => string;
}

const seePolicy = ({ namespace }: Place): string =>
  `kubectl get networkpolicy cloudwatch-mcp -n ${namespace} -o jsonpath='{.spec.egress}'`;
const seeEndpoint = (place: Place): string =>
  place.service === undefined
    ? seePolicy(place)
    : `aws ec2 describe-vpc-endpoints --region ${place.region} --filters Name=service-name,Values=com.amazonaws.${place.region}.${place.service} --query 'VpcEndpoints[].[VpcEndpointId,State,PrivateDnsEnabled,Groups[].GroupId]'`;
const seeVariables = ({ namespace }: Place): string => `kubectl set env deploy/cloudwatch-mcp --list -n ${namespace}`;
const addAuthority = ({ namespace }: Place): string =>
  `kubectl create configmap cloudwatch-mcp-ca --from-file=ca.crt -n ${namespace}`;

const EXPLANATIONS: Readonly<Record<NetworkReason, Explanation>> = {
  refused: {
    said: 'refuses the connection',
    advice: 'nobody listens there: check host and port of AWS_ENDPOINT_URL, of the issuer and of the proxy variables',
    next: seeVariables,
  },
  unknown_host: {
    said: 'is a name that cannot be resolved',
    advice: 'let the NetworkPolicy allow port 53, and give a VPC endpoint its private DNS name',
    next: seeEndpoint,
  },
  no_answer: {
    said: 'does not answer',
    advice:
      'let the NetworkPolicy allow port 443, the security group of the VPC endpoint allow the pods, or give the subnets a way through NAT or a proxy',
    next: seePolicy,
  },
  no_route: {
    said: 'cannot be reached from this network',
    advice: 'the subnet needs a route: NAT, a VPC endpoint, or a proxy',
    next: seeEndpoint,
  },
  broken_off: {
    said: 'breaks the connection off',
    advice: 'something between closes it: a proxy, a firewall, or a policy of the VPC endpoint',
    next: seeVariables,
  },
  certificate: {
    said: 'shows a certificate that is not trusted here',
    advice:
      'if your own authority signed it (an inspecting proxy, a private issuer), put it into the ConfigMap cloudwatch-mcp-ca and set NODE_EXTRA_CA_CERTS (component extra-ca)',
    next: addAuthority,
  },
  certificate_time: {
    said: 'shows a certificate that is not valid at this time',
    advice: 'set the clock of the node, or renew the certificate',
    next: () => 'date -u',
  },
  not_tls: {
    said: 'does not speak TLS',
    advice: 'check scheme and port of AWS_ENDPOINT_URL, of the issuer and of the proxy variables',
    next: seeVariables,
  },
  proxy: {
    said: 'is not let through by the proxy',
    advice: 'check user and rules of the proxy, or name the host in NO_PROXY',
    next: seeVariables,
  },
};

export interface Explained {
  readonly text: string;
  readonly reason: NetworkReason;
  readonly next: string;
}

export function explainNetwork({ reason, code }: NetworkFault, place: Place): Explained {
  const { said, advice, next } = EXPLANATIONS[reason];
  return { text: `${place.host} ${said} (${code}) → ${advice}.`, reason, next: next(place) };
}
