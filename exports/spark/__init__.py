"""A build spread over machines by Spark: a task describes some papers and leaves a shard, which a graph takes in later."""
