-- Written by lucia. Removes all users, sessions and keys.
DROP TABLE "auth_key";
DROP TABLE "auth_session";
DROP TABLE "auth_user";
