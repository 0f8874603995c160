# The server alone: no React, no Grafana packages, no tests.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY contracts/package.json contracts/
COPY engine/package.json engine/
COPY ports/package.json ports/
COPY adapters/package.json adapters/
COPY bff/package.json bff/
RUN npm ci --omit=dev --omit=optional --workspace @loghunter/bff --include-workspace-root=false

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production LOGHUNTER_DATA_DIRECTORY=/data
COPY --from=packages /app/node_modules node_modules
COPY --from=packages /app/adapters/ adapters/
COPY package.json ./
COPY contracts contracts
COPY engine engine
COPY ports ports
COPY adapters adapters
COPY bff bff
COPY migrations migrations
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 8787
VOLUME /data
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=5 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.LOGHUNTER_PORT ?? 8787}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# A small nursery: with V8's own of 16 MB the scanner takes a fifth more memory and is no faster (tests/bench/scan-speed.bench.ts).
CMD ["node", "--max-semi-space-size=4", "bff/main.ts"]
