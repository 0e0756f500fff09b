DROP TABLE `auth_key`;
DROP TABLE `user_session`;
DROP TABLE `auth`;
