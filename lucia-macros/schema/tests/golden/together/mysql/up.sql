CREATE TABLE `auth_user` (
    `id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `tenant` BIGINT NOT NULL,
    `name` VARCHAR(32) CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */ NOT NULL,
    `tenant_region` VARCHAR(32) CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */,
    `region_Name` VARCHAR(32) CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */ NOT NULL,
    `username` VARCHAR(32) CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */ NOT NULL,
    `email` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */,
    `__username_nocase` VARCHAR(32) CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */ AS (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(`username`, 'A', 'a'), 'B', 'b'), 'C', 'c'), 'D', 'd'), 'E', 'e'), 'F', 'f'), 'G', 'g'), 'H', 'h'), 'I', 'i'), 'J', 'j'), 'K', 'k'), 'L', 'l'), 'M', 'm'), 'N', 'n'), 'O', 'o'), 'P', 'p'), 'Q', 'q'), 'R', 'r'), 'S', 's'), 'T', 't'), 'U', 'u'), 'V', 'v'), 'W', 'w'), 'X', 'x'), 'Y', 'y'), 'Z', 'z')) VIRTUAL,
    `__email_nocase` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */ AS (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(`email`, 'A', 'a'), 'B', 'b'), 'C', 'c'), 'D', 'd'), 'E', 'e'), 'F', 'f'), 'G', 'g'), 'H', 'h'), 'I', 'i'), 'J', 'j'), 'K', 'k'), 'L', 'l'), 'M', 'm'), 'N', 'n'), 'O', 'o'), 'P', 'p'), 'Q', 'q'), 'R', 'r'), 'S', 's'), 'T', 't'), 'U', 'u'), 'V', 'v'), 'W', 'w'), 'X', 'x'), 'Y', 'y'), 'Z', 'z')) VIRTUAL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `auth_user_username_key` (`__username_nocase`),
    UNIQUE KEY `auth_user_email_key` (`__email_nocase`),
    UNIQUE KEY `auth_user_tenant_name_key` (`tenant`, `name`),
    UNIQUE KEY `auth_user_tenant_region_name_key` (`tenant_region`, `name`),
    UNIQUE KEY `auth_user_tenant_region_Name_330715ee_key` (`tenant`, `region_Name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `auth_session` (
    `id` VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `user_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `active_expires` BIGINT NOT NULL,
    `idle_expires` BIGINT NOT NULL,
    `created_at` BIGINT,
    `absolute_expires` BIGINT,
    `renewed_from` VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin,
    PRIMARY KEY (`id`),
    CONSTRAINT `auth_session_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`),
    KEY `auth_session_user_id_idx` (`user_id`),
    KEY `auth_session_idle_expires_idx` (`idle_expires`),
    UNIQUE KEY `auth_session_renewed_from_key` (`renewed_from`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `auth_key` (
    `id` VARCHAR(1024) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `user_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `primary_key` TINYINT(1) NOT NULL,
    `hashed_password` TEXT,
    `expires` BIGINT,
    PRIMARY KEY (`id`),
    CONSTRAINT `auth_key_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`),
    KEY `auth_key_user_id_idx` (`user_id`),
    KEY `auth_key_expires_idx` (`expires`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
