-- Who waits for a device and has it next, and until when that counts if it is not heard of again.
alter table device add column next_holder varchar(200);
alter table device add column next_until timestamp with time zone;
