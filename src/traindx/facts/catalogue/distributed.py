"""Causes in training on several workers."""

from traindx.facts.catalogue.entry import Entry
from traindx.facts.causes import Cause

ENTRIES = {
    Cause.REPLICA_DIVERGENCE: Entry(
        "replicas with different weights",
        "The workers' weights are no longer equal.",
        "Gradients are not averaged, or the workers began from different weights. Each trains a model of its own.",
        "Build and compile inside strategy.scope(), use the same seed, and average gradients in a custom loop.",
        "Local or federated training averages the weights later.",
    ),
    Cause.SHARD_OVERLAP: Entry(
        "workers that read the same rows",
        "Several workers train on the same rows.",
        "Work is done twice, and part of the data is never seen.",
        "Shard the data by worker before shuffling: dataset.shard(workers, index).",
        "Each worker shuffles the whole data with a seed of its own, and epochs are counted accordingly.",
    ),
    Cause.UNEVEN_SHARDS: Entry(
        "shards of unequal size",
        "Some workers have more steps or rows than others.",
        "The others wait at the end of the epoch, or the run hangs there.",
        "Repeat the dataset and set steps_per_epoch, or drop the remainder.",
        "The steps per epoch are set, so that no worker runs out.",
    ),
    Cause.LOSS_SCALING: Entry(
        "a loss scaled by the wrong batch size",
        "The loss is averaged over the worker's batch and then summed over workers, or averaged twice.",
        "The step then grows or shrinks with the number of workers.",
        "Divide by the global batch size (tf.nn.compute_average_loss), and scale the learning rate on purpose only.",
        "The learning rate was scaled to match.",
    ),
    Cause.UNSYNCED_NORMALIZATION: Entry(
        "batch statistics per worker",
        "Batch normalisation uses the statistics of each worker's own small batch.",
        "With few rows per worker the statistics are noise, and they differ between workers.",
        "Use BatchNormalization(synchronized=True), or layer normalisation.",
        "Each worker has batches of 16 rows or more.",
    ),
    Cause.LOCAL_METRICS: Entry(
        "metrics of one worker only",
        "The number shown comes from one worker's rows.",
        "It says nothing of the others, and callbacks on different workers decide differently.",
        "Sum the metric's state over workers before dividing, and decide on one worker for all.",
        "The number is only looked at, and the rows are dealt out at random.",
    ),
    Cause.STRAGGLER: Entry(
        "one slow worker",
        "One worker takes much longer per step than the others.",
        "All wait for the slowest at every step.",
        "Look at that machine: input, temperature, other jobs. Give every worker the same work.",
        "Workers are asynchronous and do not wait.",
    ),
    Cause.HANG: Entry(
        "workers that wait for each other",
        "The run stands still.",
        "One worker waits in a collective operation that another never reaches: it ended, failed, or took another "
        "branch.",
        "Make every worker run the same number of steps, and look at the first worker that stopped.",
        "The first step compiles: it can take minutes.",
    ),
}
