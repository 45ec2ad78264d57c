-- Owned by dev.tally.job. Types and indexes that H2 and PostgreSQL both have.

create table job (
    id varchar(40) not null primary key,
    kind varchar(40) not null,
    -- What was asked for, as JSON.
    request text not null,
    state varchar(20) not null,
    -- Counted up with each claim: only the attempt that a job is in may write to it.
    attempt integer not null,
    -- How often it was begun and not handed back: a job that brings its workers down is stopped by it.
    begun integer not null,
    -- Names the execution that db-scheduler has of it.
    task varchar(200) not null,
    -- {"done": …, "of": …, "secondsLeft": …}
    progress text,
    -- Of a running job what was found so far, of one that is done what was found; as JSON.
    result text,
    -- Why it failed, as JSON.
    failure text,
    worker varchar(100),
    created_at timestamp with time zone not null,
    -- For how long the device was held by the attempt that finished it.
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    -- What a client sent to find its job again, and the hash of the request that came with it.
    idempotency_key varchar(255) unique,
    request_hash varchar(64) not null
);

create index job_by_time on job (created_at, id);
create index job_by_state on job (state, created_at, id);
create index job_by_end on job (ended_at);

-- Who measures, as each announces itself.
create table worker (
    id varchar(100) not null primary key,
    announcement text not null,
    seen_at timestamp with time zone not null
);

-- What only one measurement at a time may use: a machine's processor, by its boot, or a GPU, by its UUID.
create table device (
    id varchar(100) not null primary key,
    holder varchar(200),
    held_until timestamp with time zone not null
);

-- db-scheduler's own table, as its documentation has it for PostgreSQL, with keys of a bounded length.
create table scheduled_tasks (
    task_name varchar(200) not null,
    task_instance varchar(100) not null,
    task_data bytea,
    execution_time timestamp with time zone not null,
    picked boolean not null,
    picked_by varchar(200),
    last_success timestamp with time zone,
    last_failure timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat timestamp with time zone,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);

create index execution_time_idx on scheduled_tasks (execution_time);
create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
