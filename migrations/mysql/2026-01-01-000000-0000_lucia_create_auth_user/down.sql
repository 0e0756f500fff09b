-- Written by lucia 0.1. Removes all users, sessions and keys.
DROP TABLE `auth_key`;
DROP TABLE `auth_session`;
DROP TABLE `auth_user`;
