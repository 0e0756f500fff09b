// Lucia v1 on one database. Reads calls from its standard input, a line of JSON each, and answers them in the same way on its
// standard output, each when it is done: {"id": 1, "call": "getUser", "args": ["x"]} by {"id": 1, "value": {..}}, by the code of
// an error that is documented, {"id": 1, "error": "AUTH_INVALID_USER_ID"}, or by any other failure, {"id": 1, "fault": ".."}.
import { createInterface } from "node:readline";
import { webcrypto } from "node:crypto";
import lucia, { LuciaError } from "lucia-auth";

globalThis.crypto ??= webcrypto;
// Instants are milliseconds, as in the tables.
Date.prototype.toJSON = function () {
	return this.getTime();
};
// Lucia v1 starts some promises that it does not wait for; in an app, the first that fails ends the process.
process.on("unhandledRejection", (error) => console.error(error));

// A sign-up with a key keeps its connection for ever, on PostgreSQL and on MySQL.
const CONNECTIONS = 60;

const adapters = {
	sqlite: async (path) => {
		const { default: Database } = await import("better-sqlite3");
		const { betterSqlite3 } = await import("@lucia-auth/adapter-sqlite");
		return betterSqlite3(new Database(path));
	},
	postgres: async (url) => {
		const { default: pg } = await import("pg");
		const { pg: adapter } = await import("@lucia-auth/adapter-postgresql");
		return adapter(new pg.Pool({ connectionString: url, max: CONNECTIONS }));
	},
	mysql: async (url) => {
		const { default: mysql } = await import("mysql2/promise");
		const { mysql2 } = await import("@lucia-auth/adapter-mysql");
		return mysql2(mysql.createPool(`${url}&connectionLimit=${CONNECTIONS}`));
	},
};

const [database, url] = process.argv.slice(1);
const auth = lucia({
	adapter: await adapters[database](url),
	env: "DEV",
	transformDatabaseUser: ({ id, ...attributes }) => ({ userId: id, ...attributes }),
});

// What takes or returns objects that are not JSON.
const calls = {
	setCookie: async (sessionId) => auth.createSessionCookie(await auth.getSession(sessionId)).serialize(),
	readCookie: (cookie) => {
		const headers = { origin: null, cookie };
		return auth.parseRequestHeaders({ method: "GET", url: "http://localhost", headers });
	},
};

async function answer({ call, args }) {
	try {
		const value = await (calls[call] ?? auth[call])(...args);
		return { value: value ?? null };
	} catch (error) {
		if (error instanceof LuciaError) return { error: error.message };
		// Which MySQL tells every client to be prepared for. Lucia v1 leaves that to its caller.
		if (error.code === "ER_LOCK_DEADLOCK") return { error: error.code };
		return { fault: String(error.stack ?? error) };
	}
}

for await (const line of createInterface({ input: process.stdin })) {
	const call = JSON.parse(line);
	answer(call).then((result) => console.log(JSON.stringify({ id: call.id, ...result })));
}
process.exit();
