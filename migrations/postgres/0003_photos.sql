-- Photos lie outside of the books, by their SHA-256: in a folder or a bucket. Here stands which item names which photo, and
-- which photos are there.

-- What an item names, in its order. Written with the item, so that a photo can be told from bytes that nobody asked for.
CREATE TABLE item_photo (
    receipt_seq BIGINT NOT NULL REFERENCES item (receipt_seq),
    place       BIGINT NOT NULL,
    sha256      TEXT NOT NULL,
    PRIMARY KEY (receipt_seq, place),
    CONSTRAINT item_photo_hash_long_enough CHECK (length(sha256) = 64)
);
-- Whether anybody may send or see it is asked for each part and picture.
CREATE INDEX item_photo_by_hash ON item_photo (sha256);

-- A photo that is there, whole and with its hash.
CREATE TABLE photo (
    sha256      TEXT NOT NULL PRIMARY KEY,
    size_bytes  BIGINT NOT NULL,
    media_type  TEXT NOT NULL,
    -- Normalised name of the account that sent the last part; empty where it was found after a restore.
    uploaded_by TEXT NOT NULL,
    stored_at   BIGINT NOT NULL,
    CONSTRAINT photo_size_positive CHECK (size_bytes > 0),
    -- Anything else could be more than a picture to a browser.
    CONSTRAINT photo_media_type_known CHECK (media_type IN ('image/jpeg', 'image/webp'))
);
