# The base of both stages. Has node; npm is used in the build stage only.
ARG BASE=docker.io/library/node:24-bookworm-slim

# Runs on the builder's own platform: the bundle is the same file on every one.
FROM --platform=$BUILDPLATFORM ${BASE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . ./
RUN npm run build -- --metafile && node scripts/deploy/notices.ts

# No RUN below: nothing of the target platform is executed, so amd64 and arm64 need no emulation.
FROM ${BASE}
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="cloudwatch-mcp" \
  org.opencontainers.image.description="Model Context Protocol server for AWS CloudWatch alarms, logs and metrics" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
# HOME: where the AWS SDK looks for its files. NODE_OPTIONS: the heap that fits 512 Mi (docs/operations.md); docker run has
# no memory limit that it could follow, the manifests have one and say so.
ENV NODE_ENV=production \
  HOME=/home/node \
  NODE_OPTIONS="--max-semi-space-size=16 --max-old-space-size=256" \
  CLOUDWATCH_MCP_SERVER_HOST=0.0.0.0 \
  CLOUDWATCH_MCP_PORT=3334
WORKDIR /app
COPY --from=build --chmod=0444 /src/dist/server.mjs ./server.mjs
COPY --from=build --chmod=0444 /src/LICENSE /src/NOTICE /src/dist/THIRD_PARTY_NOTICES ./licenses/
USER 1000:1000
EXPOSE 3334
# Kubernetes has its own probes; this one serves docker run. The variable may have the form tcp://10.0.0.1:3334.
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 \
  CMD ["node", "-e", "const p = /\\d+$/.exec(process.env.CLOUDWATCH_MCP_PORT || '')?.[0] ?? 3334; fetch(`http://127.0.0.1:${p}/health`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# No shell between: the program is PID 1 and gets SIGTERM itself. Arguments such as --doctor can be added.
ENTRYPOINT ["node", "/app/server.mjs"]
CMD []
