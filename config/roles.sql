-- The database's roles, made by the cluster's superuser. Read by psql, and safe to run again.
-- Passwords come in as psql variables. Nobody below may create roles, and only the backup sees past row-level security.
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY['countersign_owner', 'countersign_app', 'countersign_portal', 'countersign_backup']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- The owner migrates; CREATEDB lets the test runner make its databases.
ALTER ROLE countersign_owner LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS CREATEDB PASSWORD :'owner';
ALTER ROLE countersign_app LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOCREATEDB PASSWORD :'app';
ALTER ROLE countersign_portal LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOCREATEDB CONNECTION LIMIT 40 PASSWORD :'portal';
ALTER ROLE countersign_backup LOGIN NOSUPERUSER NOCREATEROLE BYPASSRLS NOCREATEDB PASSWORD :'backup';
ALTER ROLE countersign_portal SET statement_timeout = '5s';
ALTER ROLE countersign_portal SET idle_in_transaction_session_timeout = '10s';
GRANT countersign_app, countersign_portal TO countersign_owner;
GRANT pg_read_all_data TO countersign_backup;

-- In the template too, because test databases are copied from it and their owner may not create extensions.
\connect template1
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;
\connect postgres
SET client_min_messages = warning;

SELECT 'CREATE DATABASE countersign OWNER countersign_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'countersign')
\gexec
REVOKE ALL ON DATABASE countersign FROM PUBLIC;
GRANT CONNECT ON DATABASE countersign TO countersign_app, countersign_portal, countersign_backup;

\connect countersign
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;
