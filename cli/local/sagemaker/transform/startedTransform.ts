import type { LocalService } from "../../resourceKind";
import type { TransformJob } from "./transformJob";

/** A transform job that CreateTransformJob started; it runs by itself. */
export class StartedTransform implements LocalService {
  /** Settles when nothing of it runs any more. Never rejects: what goes wrong is the job's failure. */
  readonly finished: Promise<void>;

  constructor(readonly job: TransformJob) {
    this.finished = job.run().then(
      () => {},
      () => {},
    );
  }

  async stop(): Promise<void> {
    await this.job.stop();
    await this.finished;
  }
}
