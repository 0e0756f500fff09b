CREATE TABLE `auth_user` (
    `id` TEXT NOT NULL CHECK (typeof(`id`) = 'text'),
    `text` TEXT NOT NULL CHECK (typeof(`text`) = 'text'),
    `text_default` TEXT NOT NULL DEFAULT 'it''s "a" \ é' CHECK (typeof(`text_default`) = 'text'),
    `text_limited` TEXT NOT NULL DEFAULT 'member' CHECK (typeof(`text_limited`) = 'text'),
    `text_medium` TEXT CHECK (`text_medium` IS NULL OR typeof(`text_medium`) = 'text'),
    `text_unique` TEXT CHECK (`text_unique` IS NULL OR typeof(`text_unique`) = 'text'),
    `text_index` TEXT NOT NULL DEFAULT 'it''s \' CHECK (typeof(`text_index`) = 'text'),
    `boolean` BOOLEAN NOT NULL DEFAULT 1 CHECK (typeof(`boolean`) = 'integer' AND `boolean` IN (0, 1)),
    `boolean_null` BOOLEAN CHECK (`boolean_null` IS NULL OR typeof(`boolean_null`) = 'integer' AND `boolean_null` IN (0, 1)),
    `small` SMALLINT NOT NULL DEFAULT -32768 CHECK (typeof(`small`) = 'integer' AND `small` BETWEEN -32768 AND 32767),
    `small_null` SMALLINT CHECK (`small_null` IS NULL OR typeof(`small_null`) = 'integer' AND `small_null` BETWEEN -32768 AND 32767),
    `int` INTEGER NOT NULL DEFAULT -2147483648 CHECK (typeof(`int`) = 'integer' AND `int` BETWEEN -2147483648 AND 2147483647),
    `int_null` INTEGER CHECK (`int_null` IS NULL OR typeof(`int_null`) = 'integer' AND `int_null` BETWEEN -2147483648 AND 2147483647),
    `big` BIGINT NOT NULL DEFAULT -9223372036854775808 CHECK (typeof(`big`) = 'integer'),
    `big_null` BIGINT CHECK (`big_null` IS NULL OR typeof(`big_null`) = 'integer'),
    `float` FLOAT NOT NULL DEFAULT -0.5 CHECK (typeof(`float`) = 'real'),
    `float_null` FLOAT CHECK (`float_null` IS NULL OR typeof(`float_null`) = 'real'),
    `double` DOUBLE NOT NULL DEFAULT 1e300 CHECK (typeof(`double`) = 'real'),
    `double_null` DOUBLE DEFAULT 0.0 CHECK (`double_null` IS NULL OR typeof(`double_null`) = 'real'),
    `bytes` BLOB NOT NULL CHECK (typeof(`bytes`) = 'blob'),
    `bytes_null` BLOB CHECK (`bytes_null` IS NULL OR typeof(`bytes_null`) = 'blob'),
    `bytes_unique` BLOB CHECK (`bytes_unique` IS NULL OR typeof(`bytes_unique`) = 'blob'),
    `date` DATE NOT NULL CHECK (typeof(`date`) = 'text'),
    `date_null` DATE CHECK (`date_null` IS NULL OR typeof(`date_null`) = 'text'),
    `time` TIME NOT NULL CHECK (typeof(`time`) = 'text'),
    `time_null` TIME CHECK (`time_null` IS NULL OR typeof(`time_null`) = 'text'),
    `naive` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP CHECK (typeof(`naive`) = 'text'),
    `naive_null` TIMESTAMP CHECK (`naive_null` IS NULL OR typeof(`naive_null`) = 'text'),
    `utc` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP CHECK (typeof(`utc`) = 'text'),
    `utc_null` TIMESTAMP CHECK (`utc_null` IS NULL OR typeof(`utc_null`) = 'text'),
    PRIMARY KEY (`id`)
);
CREATE UNIQUE INDEX `auth_user_text_unique_key` ON `auth_user` (`text_unique`);
CREATE INDEX `auth_user_text_index_idx` ON `auth_user` (`text_index`);
CREATE INDEX `auth_user_small_null_idx` ON `auth_user` (`small_null`);
CREATE UNIQUE INDEX `auth_user_int_null_key` ON `auth_user` (`int_null`);
CREATE UNIQUE INDEX `auth_user_bytes_unique_key` ON `auth_user` (`bytes_unique`);
CREATE INDEX `auth_user_date_idx` ON `auth_user` (`date`);
CREATE TABLE `auth_session` (
    `id` TEXT NOT NULL CHECK (typeof(`id`) = 'text'),
    `user_id` TEXT NOT NULL CHECK (typeof(`user_id`) = 'text'),
    `active_expires` BIGINT NOT NULL CHECK (typeof(`active_expires`) = 'integer'),
    `idle_expires` BIGINT NOT NULL CHECK (typeof(`idle_expires`) = 'integer'),
    `created_at` BIGINT CHECK (`created_at` IS NULL OR typeof(`created_at`) = 'integer'),
    `absolute_expires` BIGINT CHECK (`absolute_expires` IS NULL OR typeof(`absolute_expires`) = 'integer'),
    `renewed_from` TEXT CHECK (`renewed_from` IS NULL OR typeof(`renewed_from`) = 'text'),
    PRIMARY KEY (`id`),
    CONSTRAINT `auth_session_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`)
);
CREATE INDEX `auth_session_user_id_idx` ON `auth_session` (`user_id`);
CREATE INDEX `auth_session_idle_expires_idx` ON `auth_session` (`idle_expires`);
CREATE UNIQUE INDEX `auth_session_renewed_from_key` ON `auth_session` (`renewed_from`);
CREATE TABLE `auth_key` (
    `id` TEXT NOT NULL CHECK (typeof(`id`) = 'text'),
    `user_id` TEXT NOT NULL CHECK (typeof(`user_id`) = 'text'),
    `primary_key` BOOLEAN NOT NULL CHECK (typeof(`primary_key`) = 'integer' AND `primary_key` IN (0, 1)),
    `hashed_password` TEXT CHECK (`hashed_password` IS NULL OR typeof(`hashed_password`) = 'text'),
    `expires` BIGINT CHECK (`expires` IS NULL OR typeof(`expires`) = 'integer'),
    PRIMARY KEY (`id`),
    CONSTRAINT `auth_key_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`)
);
CREATE INDEX `auth_key_user_id_idx` ON `auth_key` (`user_id`);
CREATE INDEX `auth_key_expires_idx` ON `auth_key` (`expires`);
