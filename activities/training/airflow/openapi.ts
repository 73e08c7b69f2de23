/**
 * Apache Airflow's stable REST API, cut to the operations used here. Made by scripts/airflowTypes.mjs from the OpenAPI document of
 * apache-airflow-core 3.3.2 (Apache License 2.0, see NOTICE). Not to be edited.
 */

export interface paths {
  readonly '/api/v2/dags/{dag_id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Get Dag
     * @description Get basic information about a Dag.
     */
    readonly get: operations['get_dag'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    /**
     * Patch Dag
     * @description Patch the specific Dag.
     */
    readonly patch: operations['patch_dag'];
    readonly trace?: never;
  };
  readonly '/api/v2/dags/{dag_id}/dagRuns': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Trigger Dag Run
     * @description Trigger a Dag.
     */
    readonly post: operations['trigger_dag_run'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Get Dag Run */
    readonly get: operations['get_dag_run'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    /**
     * Patch Dag Run
     * @description Modify a Dag Run.
     */
    readonly patch: operations['patch_dag_run'];
    readonly trace?: never;
  };
  readonly '/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Get Task Instance
     * @description Get task instance.
     */
    readonly get: operations['get_task_instance'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries/{xcom_key}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Get Xcom Entry
     * @description Get an XCom entry.
     */
    readonly get: operations['get_xcom_entry'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /**
     * DAGPatchBody
     * @description Dag Serializer for updatable bodies.
     */
    readonly DAGPatchBody: {
      /** Is Paused */
      readonly is_paused: boolean;
    };
    /**
     * DAGResponse
     * @description Dag serializer for responses.
     */
    readonly DAGResponse: {
      /** Dag Id */
      readonly dag_id: string;
      /** Dag Display Name */
      readonly dag_display_name: string;
      /** Is Paused */
      readonly is_paused: boolean;
      /** Is Stale */
      readonly is_stale: boolean;
      /** Last Parsed Time */
      readonly last_parsed_time: string | null;
      /** Last Parse Duration */
      readonly last_parse_duration: number | null;
      /** Last Expired */
      readonly last_expired: string | null;
      /** Bundle Name */
      readonly bundle_name: string | null;
      /** Bundle Version */
      readonly bundle_version: string | null;
      /** Relative Fileloc */
      readonly relative_fileloc: string | null;
      /** Fileloc */
      readonly fileloc: string;
      /** Description */
      readonly description: string | null;
      /** Timetable Summary */
      readonly timetable_summary: string | null;
      /** Timetable Description */
      readonly timetable_description: string | null;
      /** Timetable Partitioned */
      readonly timetable_partitioned: boolean;
      /** Timetable Periodic */
      readonly timetable_periodic: boolean;
      /** Tags */
      readonly tags: readonly components['schemas']['DagTagResponse'][];
      /** Max Active Tasks */
      readonly max_active_tasks: number;
      /** Max Active Runs */
      readonly max_active_runs: number | null;
      /** Max Consecutive Failed Dag Runs */
      readonly max_consecutive_failed_dag_runs: number;
      /** Has Task Concurrency Limits */
      readonly has_task_concurrency_limits: boolean;
      /** Has Import Errors */
      readonly has_import_errors: boolean;
      /** Next Dagrun Logical Date */
      readonly next_dagrun_logical_date: string | null;
      /** Next Dagrun Data Interval Start */
      readonly next_dagrun_data_interval_start: string | null;
      /** Next Dagrun Data Interval End */
      readonly next_dagrun_data_interval_end: string | null;
      /** Next Dagrun Run After */
      readonly next_dagrun_run_after: string | null;
      /** Allowed Run Types */
      readonly allowed_run_types: readonly components['schemas']['DagRunType'][] | null;
      /** Owners */
      readonly owners: readonly string[];
      /**
       * Is Backfillable
       * @description Whether this Dag's schedule supports backfilling.
       */
      readonly is_backfillable: boolean;
      /**
       * File Token
       * @description Return file token.
       */
      readonly file_token: string;
    };
    /**
     * DAGRunPatchBody
     * @description Dag Run Serializer for PATCH requests.
     */
    readonly DAGRunPatchBody: {
      readonly state?: components['schemas']['DagRunMutableStates'] | null;
      /** Note */
      readonly note?: string | null;
    };
    /**
     * DAGRunResponse
     * @description Dag Run serializer for responses.
     */
    readonly DAGRunResponse: {
      /** Dag Run Id */
      readonly dag_run_id: string;
      /** Dag Id */
      readonly dag_id: string;
      /** Logical Date */
      readonly logical_date: string | null;
      /** Queued At */
      readonly queued_at: string | null;
      /** Start Date */
      readonly start_date: string | null;
      /** End Date */
      readonly end_date: string | null;
      /** Duration */
      readonly duration: number | null;
      /** Data Interval Start */
      readonly data_interval_start: string | null;
      /** Data Interval End */
      readonly data_interval_end: string | null;
      /**
       * Run After
       * Format: date-time
       */
      readonly run_after: string;
      /** Last Scheduling Decision */
      readonly last_scheduling_decision: string | null;
      readonly run_type: components['schemas']['DagRunType'];
      readonly state: components['schemas']['DagRunState'];
      readonly triggered_by: components['schemas']['DagRunTriggeredByType'] | null;
      /** Triggering User Name */
      readonly triggering_user_name: string | null;
      /** Conf */
      readonly conf: {
        readonly [key: string]: unknown;
      } | null;
      /** Note */
      readonly note: string | null;
      /** Dag Versions */
      readonly dag_versions: readonly components['schemas']['DagVersionResponse'][];
      /** Bundle Version */
      readonly bundle_version: string | null;
      /** Dag Display Name */
      readonly dag_display_name: string;
      /** Partition Key */
      readonly partition_key: string | null;
      /** Partition Date */
      readonly partition_date: string | null;
    };
    /**
     * DagRunMutableStates
     * @description Dag Run states from which the run may be mutated (patched, deleted).
     * @enum {string}
     */
    readonly DagRunMutableStates: 'queued' | 'success' | 'failed';
    /**
     * DagRunState
     * @description All possible states that a DagRun can be in.
     *
     *     These are "shared" with TaskInstanceState in some parts of the code,
     *     so please ensure that their values always match the ones with the
     *     same name in TaskInstanceState.
     * @enum {string}
     */
    readonly DagRunState: 'queued' | 'running' | 'success' | 'failed';
    /**
     * DagRunTriggeredByType
     * @description Class with TriggeredBy types for DagRun.
     * @enum {string}
     */
    readonly DagRunTriggeredByType:
      'cli' | 'operator' | 'rest_api' | 'ui' | 'test' | 'timetable' | 'asset' | 'backfill';
    /**
     * DagRunType
     * @description Class with DagRun types.
     * @enum {string}
     */
    readonly DagRunType:
      'backfill' | 'scheduled' | 'manual' | 'operator_triggered' | 'asset_triggered' | 'asset_materialization';
    /**
     * DagTagResponse
     * @description Dag Tag serializer for responses.
     */
    readonly DagTagResponse: {
      /** Name */
      readonly name: string;
      /** Dag Id */
      readonly dag_id: string;
      /** Dag Display Name */
      readonly dag_display_name: string;
    };
    /**
     * DagVersionResponse
     * @description Dag Version serializer for responses.
     */
    readonly DagVersionResponse: {
      /**
       * Id
       * Format: uuid
       */
      readonly id: string;
      /** Version Number */
      readonly version_number: number;
      /** Dag Id */
      readonly dag_id: string;
      /** Bundle Name */
      readonly bundle_name: string | null;
      /** Bundle Version */
      readonly bundle_version: string | null;
      /**
       * Created At
       * Format: date-time
       */
      readonly created_at: string;
      /** Dag Display Name */
      readonly dag_display_name: string;
      /** Bundle Url */
      readonly bundle_url: string | null;
    };
    /**
     * JobResponse
     * @description Job serializer for responses.
     */
    readonly JobResponse: {
      /** Id */
      readonly id: number;
      /** Dag Id */
      readonly dag_id: string | null;
      /** State */
      readonly state: string | null;
      /** Job Type */
      readonly job_type: string | null;
      /** Start Date */
      readonly start_date: string | null;
      /** End Date */
      readonly end_date: string | null;
      /** Latest Heartbeat */
      readonly latest_heartbeat: string | null;
      /** Executor Class */
      readonly executor_class: string | null;
      /** Hostname */
      readonly hostname: string | null;
      /** Unixname */
      readonly unixname: string | null;
      /** Dag Display Name */
      readonly dag_display_name?: string | null;
    };
    /**
     * TaskInstanceResponse
     * @description TaskInstance serializer for responses.
     */
    readonly TaskInstanceResponse: {
      /**
       * Id
       * Format: uuid
       */
      readonly id: string;
      /** Task Id */
      readonly task_id: string;
      /** Dag Id */
      readonly dag_id: string;
      /** Dag Run Id */
      readonly dag_run_id: string;
      /** Map Index */
      readonly map_index: number;
      /** Logical Date */
      readonly logical_date: string | null;
      /**
       * Run After
       * Format: date-time
       */
      readonly run_after: string;
      /** Start Date */
      readonly start_date: string | null;
      /** End Date */
      readonly end_date: string | null;
      /** Duration */
      readonly duration: number | null;
      readonly state: components['schemas']['TaskInstanceState'] | null;
      /** Try Number */
      readonly try_number: number;
      /** Max Tries */
      readonly max_tries: number;
      /** Task Display Name */
      readonly task_display_name: string;
      /** Dag Display Name */
      readonly dag_display_name: string;
      /** Hostname */
      readonly hostname: string | null;
      /** Unixname */
      readonly unixname: string | null;
      /** Pool */
      readonly pool: string;
      /** Pool Slots */
      readonly pool_slots: number;
      /** Queue */
      readonly queue: string | null;
      /** Priority Weight */
      readonly priority_weight: number | null;
      /** Operator */
      readonly operator: string | null;
      /** Operator Name */
      readonly operator_name: string | null;
      /** Queued When */
      readonly queued_when: string | null;
      /** Scheduled When */
      readonly scheduled_when: string | null;
      /** Pid */
      readonly pid: number | null;
      /** Executor */
      readonly executor: string | null;
      /** Executor Config */
      readonly executor_config: string;
      /** Note */
      readonly note: string | null;
      /** Rendered Map Index */
      readonly rendered_map_index: string | null;
      /** Rendered Fields */
      readonly rendered_fields?: {
        readonly [key: string]: unknown;
      };
      readonly trigger: components['schemas']['TriggerResponse'] | null;
      readonly triggerer_job: components['schemas']['JobResponse'] | null;
      readonly dag_version: components['schemas']['DagVersionResponse'] | null;
    };
    /**
     * TaskInstanceState
     * @description All possible states that a Task Instance can be in.
     *
     *     Note that None is also allowed, so always use this in a type hint with Optional.
     * @enum {string}
     */
    readonly TaskInstanceState:
      | 'removed'
      | 'scheduled'
      | 'queued'
      | 'running'
      | 'success'
      | 'restarting'
      | 'failed'
      | 'up_for_retry'
      | 'up_for_reschedule'
      | 'upstream_failed'
      | 'skipped'
      | 'deferred'
      | 'awaiting_input';
    /**
     * TriggerDAGRunPostBody
     * @description Trigger Dag Run Serializer for POST body.
     */
    readonly TriggerDAGRunPostBody: {
      /** Dag Run Id */
      readonly dag_run_id?: string | null;
      /** Data Interval Start */
      readonly data_interval_start?: string | null;
      /** Data Interval End */
      readonly data_interval_end?: string | null;
      /** Logical Date */
      readonly logical_date: string | null;
      /** Run After */
      readonly run_after?: string | null;
      /** Conf */
      readonly conf?: {
        readonly [key: string]: unknown;
      } | null;
      /** Note */
      readonly note?: string | null;
      /** Partition Key */
      readonly partition_key?: string | null;
    };
    /**
     * TriggerResponse
     * @description Trigger serializer for responses.
     */
    readonly TriggerResponse: {
      /** Id */
      readonly id: number;
      /** Classpath */
      readonly classpath: string;
      /**
       * Kwargs
       * @deprecated
       */
      readonly kwargs: string;
      /**
       * Created Date
       * Format: date-time
       */
      readonly created_date: string;
      /** Queue */
      readonly queue: string | null;
      /** Triggerer Id */
      readonly triggerer_id: number | null;
    };
    /**
     * XComResponseNative
     * @description XCom response serializer with native return type.
     */
    readonly XComResponseNative: {
      /** Key */
      readonly key: string;
      /**
       * Timestamp
       * Format: date-time
       */
      readonly timestamp: string;
      /** Logical Date */
      readonly logical_date: string | null;
      /** Map Index */
      readonly map_index: number;
      /** Task Id */
      readonly task_id: string;
      /** Dag Id */
      readonly dag_id: string;
      /** Run Id */
      readonly run_id: string;
      /** Dag Display Name */
      readonly dag_display_name: string;
      /** Task Display Name */
      readonly task_display_name: string;
      /**
       * Run After
       * Format: date-time
       */
      readonly run_after: string;
      /** Value */
      readonly value: unknown;
    };
    /**
     * XComResponseString
     * @description XCom response serializer with string return type.
     */
    readonly XComResponseString: {
      /** Key */
      readonly key: string;
      /**
       * Timestamp
       * Format: date-time
       */
      readonly timestamp: string;
      /** Logical Date */
      readonly logical_date: string | null;
      /** Map Index */
      readonly map_index: number;
      /** Task Id */
      readonly task_id: string;
      /** Dag Id */
      readonly dag_id: string;
      /** Run Id */
      readonly run_id: string;
      /** Dag Display Name */
      readonly dag_display_name: string;
      /** Task Display Name */
      readonly task_display_name: string;
      /**
       * Run After
       * Format: date-time
       */
      readonly run_after: string;
      /** Value */
      readonly value: string | null;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  readonly get_dag: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly dag_id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Successful Response */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DAGResponse'];
        };
      };
    };
  };
  readonly patch_dag: {
    readonly parameters: {
      readonly query?: {
        readonly update_mask?: readonly string[] | null;
      };
      readonly header?: never;
      readonly path: {
        readonly dag_id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['DAGPatchBody'];
      };
    };
    readonly responses: {
      /** @description Successful Response */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DAGResponse'];
        };
      };
    };
  };
  readonly trigger_dag_run: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly dag_id: unknown;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['TriggerDAGRunPostBody'];
      };
    };
    readonly responses: {
      /** @description Successful Response */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DAGRunResponse'];
        };
      };
    };
  };
  readonly get_dag_run: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly dag_id: string;
        readonly dag_run_id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Successful Response */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DAGRunResponse'];
        };
      };
    };
  };
  readonly patch_dag_run: {
    readonly parameters: {
      readonly query?: {
        readonly update_mask?: readonly string[] | null;
      };
      readonly header?: never;
      readonly path: {
        readonly dag_id: string;
        readonly dag_run_id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['DAGRunPatchBody'];
      };
    };
    readonly responses: {
      /** @description Successful Response */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DAGRunResponse'];
        };
      };
    };
  };
  readonly get_task_instance: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly dag_id: string;
        readonly dag_run_id: string;
        readonly task_id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Successful Response */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TaskInstanceResponse'];
        };
      };
    };
  };
  readonly get_xcom_entry: {
    readonly parameters: {
      readonly query?: {
        readonly map_index?: number;
        readonly deserialize?: boolean;
        readonly stringify?: boolean;
      };
      readonly header?: never;
      readonly path: {
        readonly dag_id: string;
        readonly task_id: string;
        readonly dag_run_id: string;
        readonly xcom_key: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Successful Response */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json':
            components['schemas']['XComResponseNative'] | components['schemas']['XComResponseString'];
        };
      };
    };
  };
}
