-- Which meter points of a property are in service in a month is counted from one range of an index. By units and meter points
-- it took two steps for each of them, most of the time of the page of periods.
-- A unit never changes its property, nor a meter its meter point.
ALTER TABLE meter ADD COLUMN property_id INTEGER REFERENCES property (id);
UPDATE meter SET property_id = u.property_id
    FROM meter_point mp JOIN unit u ON u.id = mp.unit_id WHERE mp.id = meter.meter_point_id;
-- Whoever writes a meter names its meter point; that the property is the right one is the database's care.
CREATE TRIGGER meter_property_inserted AFTER INSERT ON meter BEGIN
    UPDATE meter SET property_id = (SELECT u.property_id FROM meter_point mp JOIN unit u ON u.id = mp.unit_id
        WHERE mp.id = NEW.meter_point_id) WHERE id = NEW.id;
END;
CREATE TRIGGER meter_property_moved AFTER UPDATE OF meter_point_id ON meter BEGIN
    UPDATE meter SET property_id = (SELECT u.property_id FROM meter_point mp JOIN unit u ON u.id = mp.unit_id
        WHERE mp.id = NEW.meter_point_id) WHERE id = NEW.id;
END;
CREATE INDEX meter_of_property ON meter (property_id, meter_point_id, installed_on, removed_on);
-- Few: a meter point that is there no more.
CREATE INDEX meter_point_removed ON meter_point (id) WHERE removed_at IS NOT NULL;
