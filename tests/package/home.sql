-- SPDX-License-Identifier: Apache-2.0
-- The inventory of a home that an older program made (version 4 of the schema): one dossier, which waits for its delivery.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE entries ( id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, dossier INTEGER NOT NULL, stage TEXT NOT NULL, path TEXT NOT NULL, since INTEGER NOT NULL, sha256 BLOB, serial TEXT, not_before INTEGER, not_after INTEGER, ends INTEGER, ends_by TEXT, ca INTEGER, file_sha256 BLOB, cn TEXT, number TEXT, kept INTEGER, lead_days INTEGER, delivery TEXT, delivery_at INTEGER, found INTEGER, practice INTEGER);
INSERT INTO entries VALUES(1,'api.kvk.nl',1,'requested','/var/lib/kvkcsr/dossiers/api.kvk.nl/certificate.pem',1796030908968,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'api.kvk.nl','00000003687501100000',0,14,NULL,NULL,0,0);
CREATE TABLE uploads (sha256 BLOB NOT NULL UNIQUE, name TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE told ( entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE, sha256 BLOB NOT NULL, threshold TEXT NOT NULL, channel TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (entry, sha256, threshold, channel)) WITHOUT ROWID;
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE places (entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE, path TEXT NOT NULL, PRIMARY KEY (entry, path)) WITHOUT ROWID;
CREATE TABLE folders (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE dismissed (path TEXT NOT NULL, cn TEXT NOT NULL, number TEXT NOT NULL, PRIMARY KEY (path, cn, number)) WITHOUT ROWID;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('entries',1);
CREATE INDEX entries_path ON entries (path);
CREATE INDEX entries_holder ON entries (cn, number, not_after);
CREATE INDEX entries_sha256 ON entries (sha256);
CREATE INDEX places_path ON places (path);
COMMIT;
PRAGMA application_id = 1802922851;
PRAGMA user_version = 4;
