-- What the portal's role may ask for besides its own rows. Every function runs as the owner, names what it touches in
-- full, and answers an unknown, a foreign and a closed account alike. Words in __CAPITALS__ are filled in by raising.py.

CREATE SCHEMA IF NOT EXISTS fence;
CREATE TABLE IF NOT EXISTS fence.secret (salt text NOT NULL);
INSERT INTO fence.secret SELECT gen_random_uuid()::text || gen_random_uuid()::text
 WHERE NOT EXISTS (SELECT FROM fence.secret);

CREATE OR REPLACE FUNCTION fence.hashed(said text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT SET search_path = '' AS $$
  SELECT encode(sha256(convert_to(said, 'UTF8')), 'hex') $$;

CREATE OR REPLACE FUNCTION fence.token() RETURNS text
LANGUAGE sql VOLATILE SET search_path = '' AS $$
  SELECT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') $$;

-- Who asks. The setting carries a hash of the session's key; after SET LOCAL it is empty, not null.

CREATE OR REPLACE FUNCTION fence.session_hash() RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT fence.hashed(nullif(current_setting('app.session', true), '')) $$;

CREATE OR REPLACE FUNCTION fence.person() RETURNS public.organization_person
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT p FROM public.organization_portalsession s
    JOIN public.organization_person p ON p.id = s.person_id
    JOIN public.suppliers_supplier c ON c.party_id = p.party_id
   WHERE s.key_hash = fence.session_hash() AND s.expires_at > statement_timestamp()
     AND p.is_active AND p.kind = 'supplier' AND c.status <> 'inactive' $$;

CREATE OR REPLACE FUNCTION fence.me() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$ SELECT (fence.person()).id $$;

CREATE OR REPLACE FUNCTION fence.supplier() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$ SELECT (fence.person()).party_id $$;

CREATE OR REPLACE FUNCTION fence.roles() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce((fence.person()).portal_roles::text[], ARRAY[]::text[]) $$;

CREATE OR REPLACE FUNCTION fence.living(who bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM public.organization_person p JOIN public.suppliers_supplier c ON c.party_id = p.party_id
    WHERE p.id = who AND p.is_active AND p.kind = 'supplier' AND c.status <> 'inactive') $$;

-- How often. One row for each who-and-what, counted before anything is compared.

CREATE OR REPLACE FUNCTION fence.within(what text, allowed int, span interval) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO public.organization_portalattempt AS a (bucket, count, since)
  VALUES (fence.hashed(what), 1, clock_timestamp())
  ON CONFLICT (bucket) DO UPDATE
     SET count = CASE WHEN a.since < clock_timestamp() - span THEN 1 ELSE a.count + 1 END,
         since = CASE WHEN a.since < clock_timestamp() - span THEN clock_timestamp() ELSE a.since END
  RETURNING count <= allowed $$;

CREATE OR REPLACE FUNCTION fence.may_try(whom text, address text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE alone boolean; together boolean;
BEGIN
  alone := fence.within('try ' || whom || ' from ' || address, __TRIES_ALONE__, interval '1 minute');
  together := fence.within('try from ' || address, __TRIES_TOGETHER__, interval '1 minute');
  RETURN alone AND together;
END $$;

-- Sessions. Only open_session() ever writes whose a session is.

CREATE OR REPLACE FUNCTION fence.open_session(who bigint, new_hash text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  DELETE FROM public.organization_portalsession WHERE key_hash = fence.session_hash();
  INSERT INTO public.organization_portalsession (key_hash, person_id, data, opened_at, expires_at)
  VALUES (new_hash, who, '', clock_timestamp(), clock_timestamp() + interval '__SESSION_SECONDS__ s');
END $$;

CREATE OR REPLACE FUNCTION fence.cycle(new_hash text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
  UPDATE public.organization_portalsession SET key_hash = new_hash WHERE key_hash = fence.session_hash() $$;

-- Password. The hash never leaves: the portal gets the recipe, brings the proof, and the comparison is here.

CREATE OR REPLACE FUNCTION fence.recipe(mail text, plain text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(
    (SELECT substring(c.encoded from '^(.*)\$') FROM public.organization_credential c
       JOIN public.organization_person p ON p.id = c.person_id WHERE p.email = lower(mail) AND fence.living(p.id)),
    plain || left(fence.hashed(lower(mail) || (SELECT salt FROM fence.secret)), 22)) $$;

CREATE OR REPLACE FUNCTION fence.sign_in(mail text, proof text, new_hash text, address text,
                                         OUT who bigint, OUT verdict text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF NOT fence.may_try(lower(mail), address) THEN verdict := 'slow'; RETURN; END IF;
  SELECT p.id INTO who FROM public.organization_credential c JOIN public.organization_person p ON p.id = c.person_id
   WHERE p.email = lower(mail) AND c.encoded = proof AND fence.living(p.id);
  verdict := CASE WHEN who IS NULL THEN 'wrong' ELSE 'in' END;
  IF who IS NOT NULL THEN PERFORM fence.open_session(who, new_hash); END IF;
END $$;

-- Links. A link says where it leads and to which mailbox; it opens nothing without a code or a trusted device.

CREATE OR REPLACE FUNCTION fence.mask(mail text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT left(mail, 1) || '…@' || split_part(mail, '@', 2) $$;

CREATE OR REPLACE FUNCTION fence.look(token text, OUT mailbox text, OUT supplier text, OUT title text, OUT about uuid,
                                      OUT page text, OUT expired boolean, OUT mine boolean) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT fence.mask(p.email), y.name, l.title, l.about, l.page, l.expires_at < statement_timestamp(),
         coalesce(p.id = fence.me(), false)
    FROM public.organization_portallink l JOIN public.organization_person p ON p.id = l.person_id
    JOIN public.organization_party y ON y.id = p.party_id
   WHERE l.token_hash = fence.hashed(token) AND fence.living(p.id) $$;

CREATE OR REPLACE FUNCTION fence.post(mailbox text, subject text, body text, key text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO public.organization_mail ("to", reply_to, subject, text, html, thread, key, status, attempts, next_at, note)
  VALUES (mailbox, '', subject, body, '', 'portal:' || mailbox, key, 'waiting', 0, clock_timestamp(), '') $$;

CREATE OR REPLACE FUNCTION fence.send_code(token text, address text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  link public.organization_portallink;
  mailbox text;
  made bigint;
  code text := lpad((('x' || left(fence.hashed(fence.token()), 15))::bit(60)::bigint % 1000000)::text, 6, '0');
BEGIN
  SELECT l.* INTO link FROM public.organization_portallink l
   WHERE l.token_hash = fence.hashed(token) AND l.expires_at > statement_timestamp() AND fence.living(l.person_id);
  IF NOT FOUND THEN RETURN 'none'; END IF;
  IF NOT (fence.within('code for ' || link.person_id, __CODES_AN_HOUR__, interval '1 hour')
          AND fence.within('mail from ' || address, __MAILS_AN_HOUR__, interval '1 hour')) THEN RETURN 'slow'; END IF;
  SELECT p.email INTO mailbox FROM public.organization_person p WHERE p.id = link.person_id;
  DELETE FROM public.organization_portalcode c WHERE c.link_id = link.token_hash;
  INSERT INTO public.organization_portalcode (link_id, code_hash, tries, sent_at, expires_at)
  VALUES (link.token_hash, '', 0, clock_timestamp(), clock_timestamp() + interval '__CODE_MINUTES__ minutes')
  RETURNING id INTO made;
  UPDATE public.organization_portalcode SET code_hash = fence.hashed((SELECT salt FROM fence.secret) || made || code)
   WHERE id = made;
  PERFORM fence.post(mailbox, replace(__CODE_SUBJECT__, '{code}', code), replace(__CODE_TEXT__, '{code}', code),
                     'code:' || made);
  RETURN 'sent';
END $$;

CREATE OR REPLACE FUNCTION fence.open_by_code(token text, code text, new_hash text, device text, label text,
                                              address text, OUT who bigint, OUT verdict text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE sent public.organization_portalcode; person bigint;
BEGIN
  IF NOT fence.may_try(token, address) THEN verdict := 'slow'; RETURN; END IF;
  SELECT c.* INTO sent FROM public.organization_portalcode c JOIN public.organization_portallink l
      ON l.token_hash = c.link_id
   WHERE c.link_id = fence.hashed(token) AND c.used_at IS NULL AND c.tries < __CODE_TRIES__
     AND c.expires_at > statement_timestamp() AND l.expires_at > statement_timestamp() AND fence.living(l.person_id)
     FOR UPDATE OF c;
  IF NOT FOUND THEN verdict := 'used_up'; RETURN; END IF;
  SELECT l.person_id INTO person FROM public.organization_portallink l WHERE l.token_hash = sent.link_id;
  IF sent.code_hash <> fence.hashed((SELECT salt FROM fence.secret) || sent.id || code) THEN
    UPDATE public.organization_portalcode SET tries = tries + 1 WHERE id = sent.id;
    verdict := CASE WHEN sent.tries + 1 < __CODE_TRIES__ THEN 'wrong' ELSE 'used_up' END;
    RETURN;
  END IF;
  UPDATE public.organization_portalcode SET used_at = clock_timestamp() WHERE id = sent.id;
  INSERT INTO public.organization_trusteddevice (token_hash, person_id, label, trusted_at, expires_at)
  VALUES (fence.hashed(device), person, left(label, 120), clock_timestamp(),
          clock_timestamp() + interval '__DEVICE_DAYS__ days')
  ON CONFLICT (token_hash, person_id) DO UPDATE SET trusted_at = excluded.trusted_at, expires_at = excluded.expires_at;
  PERFORM fence.open_session(person, new_hash);
  who := person;
  verdict := 'in';
END $$;

CREATE OR REPLACE FUNCTION fence.is_trusted(token text, device text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM public.organization_portallink l
    JOIN public.organization_trusteddevice d ON d.person_id = l.person_id
   WHERE l.token_hash = fence.hashed(token) AND l.expires_at > statement_timestamp() AND fence.living(l.person_id)
     AND d.token_hash = fence.hashed(device) AND d.expires_at > statement_timestamp()) $$;

CREATE OR REPLACE FUNCTION fence.open_by_device(token text, device text, new_hash text, OUT who bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF NOT fence.is_trusted(token, device) THEN RETURN; END IF;
  SELECT l.person_id INTO who FROM public.organization_portallink l WHERE l.token_hash = fence.hashed(token);
  PERFORM fence.open_session(who, new_hash);
END $$;

CREATE OR REPLACE FUNCTION fence.mail_link(person bigint, about uuid, page text, title text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE token text := fence.token();
BEGIN
  INSERT INTO public.organization_portallink (token_hash, person_id, about, page, title, sent_at, expires_at)
  VALUES (fence.hashed(token), person, about, page, title, clock_timestamp(),
          clock_timestamp() + interval '__LINK_DAYS__ days');
  PERFORM fence.post((SELECT p.email FROM public.organization_person p WHERE p.id = person), __LINK_SUBJECT__,
    replace(__LINK_TEXT__, '{link}', __PORTAL_ADDRESS__ || '/l/' || token || '/'), 'link:' || fence.hashed(token));
END $$;

CREATE OR REPLACE FUNCTION fence.renew_link(token text, address text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE link public.organization_portallink;
BEGIN
  SELECT l.* INTO link FROM public.organization_portallink l
   WHERE l.token_hash = fence.hashed(token) AND fence.living(l.person_id);
  IF NOT FOUND THEN RETURN 'none'; END IF;
  IF NOT (fence.within('link for ' || link.person_id, __LINKS_AN_HOUR__, interval '1 hour')
          AND fence.within('mail from ' || address, __MAILS_AN_HOUR__, interval '1 hour')) THEN RETURN 'slow'; END IF;
  PERFORM fence.mail_link(link.person_id, link.about, link.page, link.title);
  RETURN 'sent';
END $$;

CREATE OR REPLACE FUNCTION fence.ask_for_link(mail text, address text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE person bigint; mailbox_may boolean; address_may boolean;
BEGIN
  mailbox_may := fence.within('link to ' || lower(mail), __LINKS_AN_HOUR__, interval '1 hour');
  address_may := fence.within('mail from ' || address, __MAILS_AN_HOUR__, interval '1 hour');
  IF NOT (mailbox_may AND address_may) THEN RETURN 'slow'; END IF;
  SELECT p.id INTO person FROM public.organization_person p WHERE p.email = lower(mail) AND fence.living(p.id);
  IF FOUND THEN PERFORM fence.mail_link(person, NULL, 'order', ''); END IF;
  RETURN 'sent';
END $$;

-- Passkeys. PostgreSQL checks no signature, so what a browser answers lies here until a process of the back office has
-- judged it. The portal cannot read, write or judge a challenge; what is proved opens one session, for the browser that
-- holds the secret. A passkey is added soon after signing in: who finds an open session adds none.

CREATE OR REPLACE FUNCTION fence.is_fresh() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM public.organization_portalsession s
    WHERE s.key_hash = fence.session_hash() AND s.person_id = fence.me()
      AND s.opened_at > statement_timestamp() - interval '__FRESH_MINUTES__ minutes') $$;

CREATE OR REPLACE FUNCTION fence.ask_passkey(secret text, adds boolean, address text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE question text := fence.token();
BEGIN
  IF NOT fence.within('passkey from ' || address, __TRIES_TOGETHER__, interval '1 minute') THEN RETURN NULL; END IF;
  IF adds AND NOT fence.is_fresh() THEN RETURN NULL; END IF;
  INSERT INTO public.organization_portalchallenge (secret_hash, asked, person_id, expires_at, answer, name, verdict)
  VALUES (fence.hashed(secret), question, CASE WHEN adds THEN fence.me() END,
          clock_timestamp() + interval '__ANSWER_MINUTES__ minutes', '', '', '');
  RETURN question;
END $$;

CREATE OR REPLACE FUNCTION fence.answer_passkey(secret text, said text, label text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  UPDATE public.organization_portalchallenge c
     SET answer = said, name = left(label, 60), answered_at = clock_timestamp()
   WHERE c.secret_hash = fence.hashed(secret) AND c.answered_at IS NULL AND c.expires_at > statement_timestamp()
     AND (c.person_id IS NULL OR c.person_id = fence.me()) AND length(said) BETWEEN 1 AND __LONGEST_ANSWER__;
  NOTIFY __DOORBELL__;
END $$;

CREATE OR REPLACE FUNCTION fence.judged(secret text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce((SELECT coalesce(nullif(c.verdict, ''), 'waiting') FROM public.organization_portalchallenge c
    WHERE c.secret_hash = fence.hashed(secret) AND c.answered_at IS NOT NULL), 'none') $$;

CREATE OR REPLACE FUNCTION fence.open_by_passkey(secret text, new_hash text, OUT who bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE shown bigint; person bigint;
BEGIN
  UPDATE public.organization_portalchallenge c SET used_at = clock_timestamp()
   WHERE c.secret_hash = fence.hashed(secret) AND c.person_id IS NULL AND c.verdict = 'proved' AND c.used_at IS NULL
     AND c.expires_at > statement_timestamp() RETURNING c.passkey_id INTO shown;
  UPDATE public.organization_portalpasskey k SET last_used_at = clock_timestamp()
   WHERE k.id = shown AND k.removed_at IS NULL AND fence.living(k.person_id) RETURNING k.person_id INTO person;
  IF person IS NOT NULL THEN PERFORM fence.open_session(person, new_hash); END IF;
  who := person;
END $$;

CREATE OR REPLACE FUNCTION fence.remove_passkey(which bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  UPDATE public.organization_portalpasskey k SET removed_at = clock_timestamp()
   WHERE k.id = which AND k.person_id = fence.me() AND k.removed_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  NOTIFY __DOORBELL__;
  RETURN true;
END $$;

-- The journal. An entry that the portal wrote becomes the head of its submission's chain, and whoever listens hears.

CREATE OR REPLACE FUNCTION fence.deliver() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  UPDATE public.suppliers_submission SET chain_length = NEW.number, chain_head = NEW.digest
   WHERE id = split_part(NEW.subject, ':', 2)::bigint AND chain_length = 0;
  INSERT INTO public.foundation_delivery (entry_id, subscriber, lane, number, status, next_at, token, attempts, lost, note)
  SELECT NEW.id, s, s || '|' || NEW.subject, NEW.number, 'ready', NEW.recorded_at, 0, 0, 0, ''
    FROM unnest(ARRAY[__SUBSCRIBERS__]::text[]) s;
  NOTIFY __BELL__;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER deliver AFTER INSERT ON foundation_entry FOR EACH ROW
  WHEN (current_user = '__PORTAL__') EXECUTE FUNCTION fence.deliver();

-- Who may call what: nobody, then the portal, by name.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA fence FROM PUBLIC;
GRANT USAGE ON SCHEMA fence TO __PORTAL__;
GRANT EXECUTE ON FUNCTION fence.session_hash, fence.hashed, fence.me, fence.supplier, fence.roles, fence.cycle, fence.recipe,
  fence.sign_in, fence.look, fence.send_code, fence.open_by_code, fence.is_trusted, fence.open_by_device,
  fence.renew_link, fence.ask_for_link, fence.is_fresh, fence.ask_passkey, fence.answer_passkey, fence.judged,
  fence.open_by_passkey, fence.remove_passkey TO __PORTAL__;
