drop table live_events, live_positions;
