DROP TABLE `auth_key`;
DROP TABLE `auth_session`;
DROP TABLE `auth_user`;
