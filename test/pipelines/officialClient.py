"""Kubeflow's own client against the same server: ``officialClient.py <url>``. Prints what it understood of the runs."""

import sys

import kfp_server_api

client = kfp_server_api.ApiClient(kfp_server_api.Configuration(host=sys.argv[1]))
runs = kfp_server_api.RunServiceApi(client)
for run in runs.run_service_list_runs().runs:
    same = runs.run_service_get_run(run.run_id)
    print(same.display_name, same.state, sorted(same.runtime_config.parameters))
