-- Books that are large enough for PostgreSQL to go by its statistics: ten properties, 20,000 meter points, three months, nearly all
-- approved, as after an import. Nothing of it is read; it is planned on.
INSERT INTO property (id, code, code_normal, name, time_zone)
    SELECT p, 'GC ' || chr(64 + p), 'gc ' || chr(96 + p), 'Garden Court', 'Pacific/Guam' FROM generate_series(1, 10) p;
INSERT INTO unit (id, property_id, building, building_normal, unit_no, unit_normal, route_seq)
    SELECT u, u % 10 + 1, 'A', 'a', u::text, u::text, u FROM generate_series(1, 20000) u;
INSERT INTO meter_point (id, unit_id, utility) SELECT u, u, 'water' FROM generate_series(1, 20000) u;
INSERT INTO meter (id, meter_point_id, serial, serial_normal, dials, installed_on)
    SELECT u, u, 'W' || u, 'w' || u, 5, '2020-01-01' FROM generate_series(1, 20000) u;
INSERT INTO tenancy (id, unit_id, tenant_code, tenant_normal, tenant_name, move_in)
    SELECT u, u, 'T' || u, 't' || u, 'Tenant ' || u, '2020-01-01' FROM generate_series(1, 20000) u;
INSERT INTO tenant_word (word, tenancy_id) SELECT u::text, u FROM generate_series(1, 20000) u;
INSERT INTO label (code, meter_point_id, issued_at) SELECT 'L' || u, u, 1 FROM generate_series(1, 20000) u;
INSERT INTO account (id, name, name_normal, password_hash, role, created_at)
    SELECT a, 'A' || a, 'a' || a, '', 'technician', 1 FROM generate_series(1, 20) a;
INSERT INTO item (receipt_seq, id, revision, hash, shape, source, state, verdict, received_at, updated_seq, official_key,
        meter_point_id, meter_id, property_code, property_normal, unit_no, unit_normal, utility, meter_serial, period, value_micro,
        consumption_micro, read_at, read_offset_s, corrected_at, captured_by, flags, skip_reason, kind, remarks)
    SELECT i, 'i' || i, 1, '', 'reading', CASE WHEN i % 50 = 0 THEN 'phone' ELSE 'import' END,
        CASE i % 500 WHEN 0 THEN 'held' WHEN 1 THEN 'conflict' WHEN 2 THEN 'received' ELSE 'approved' END, 'accepted', i, 1,
        'key ' || i, i % 20000 + 1, i % 20000 + 1, 'GC ' || chr(65 + i % 10), 'gc ' || chr(97 + i % 10), 'u', 'u', 'water', 'W', '2026-' || 9 + i / 20001,
        i, 1, i, 0, i, 'a' || i % 20, CASE WHEN i % 300 = 0 THEN '["high"]' ELSE '[]' END,
        CASE WHEN i % 400 = 0 THEN 'no_access' END, CASE WHEN i % 1000 = 7 THEN 'check' ELSE 'regular' END,
        CASE WHEN i % 200 = 0 THEN 'dog' ELSE '' END
    FROM generate_series(1, 60000) i;
INSERT INTO sent_item (receipt_seq, body) SELECT i, '{}' FROM generate_series(1, 60000) i;
INSERT INTO item_photo (receipt_seq, place, sha256)
    SELECT i, 0, lpad(i::text, 64, '0') FROM generate_series(100, 60000, 100) i;
INSERT INTO audit (at, actor, action, subject)
    SELECT 1795737600000 - (20000 - a) * 4320000::bigint, 'a' || a % 20, CASE a % 10 WHEN 0 THEN 'sign_in' ELSE 'approve' END, 'P' || a % 10 FROM generate_series(1, 20000) a;
