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
  /** That stands between, without user and password; undefined where the host is asked directly. */
  readonly proxy?: string | undefined;
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
    advice: 'nobody listens there: check host and port of AWS_ENDPOINT_URL and of the issuer',
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
    advice: 'check scheme and port of AWS_ENDPOINT_URL, of the issuer and of HTTPS_PROXY',
    next: seeVariables,
  },
  proxy: {
    said: 'is not let through by the proxy',
    advice: 'look at the log of the proxy',
    next: seeVariables,
  },
};

type ProxyExplanation = Omit<Explanation, 'next'>;

/** With a proxy between, these are about the way to the proxy: of what lies behind it, it tells itself. */
const ON_THE_WAY: Partial<Readonly<Record<NetworkReason, ProxyExplanation>>> = {
  refused: { said: 'refuses the connection', advice: 'check host and port of HTTPS_PROXY' },
  unknown_host: {
    said: 'is a name that cannot be resolved',
    advice: 'check the host of HTTPS_PROXY, and let the NetworkPolicy allow port 53',
  },
  no_route: { said: 'cannot be reached from this network', advice: 'the subnet needs a route to it' },
  no_answer: {
    said: 'does not answer, or gets no answer',
    advice: 'let the NetworkPolicy allow its port, and look at the log of the proxy',
  },
};

/** What the proxy says of the host. */
function explainRefusal(code: string): ProxyExplanation {
  if (code === 'HTTP 407') {
    return {
      said: 'asks for a user and password, or does not take them',
      advice: 'write them into HTTPS_PROXY as http://user:password@host:port, special characters as %xx',
    };
  }
  if (code.startsWith('HTTP 5')) {
    return { said: 'does not reach it', advice: 'the proxy needs DNS and a route for this host: look at its log' };
  }
  if (code.startsWith('HTTP 4')) {
    return {
      said: 'does not let it through',
      advice: 'let its rules allow this host and port, or name the host in NO_PROXY where there is a direct way',
    };
  }
  return {
    said: 'breaks the connection off',
    advice: 'check that HTTPS_PROXY names an HTTP proxy, and look at its log',
  };
}

export interface Explained {
  readonly text: string;
  readonly reason: NetworkReason;
  readonly next: string;
}

export function explainNetwork({ reason, code }: NetworkFault, place: Place): Explained {
  const { said, advice, next } = EXPLANATIONS[reason];
  const ofProxy = reason === 'proxy' ? explainRefusal(code) : ON_THE_WAY[reason];
  if (place.proxy === undefined || ofProxy === undefined) {
    const through = place.proxy === undefined ? '' : ` through the proxy ${place.proxy}`;
    return { text: `${place.host} ${said}${through} (${code}) → ${advice}.`, reason, next: next(place) };
  }
  const text = `${place.host} is not reached: the proxy ${place.proxy} ${ofProxy.said} (${code}) → ${ofProxy.advice}.`;
  return { text, reason, next: seeVariables(place) };
}
