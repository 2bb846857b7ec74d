<#
.SYNOPSIS
    Searches for traces of exploitation from a scheduled task and ends with an exit code that tells the verdict.
.DESCRIPTION
    Exit codes: 0 NoTrace, 1 the script itself failed, 2 Attempted, 3 Inconclusive, 4 Compromised. The worst gateway counts. Cmdlets do not
    exit; this script does, so that a scheduler can raise an alarm.
.EXAMPLE
    ./04-Scheduled-search.ps1
    Searches the sample case that comes with CitrixOps. One of its gateways was broken into: the exit code is 4.
.EXAMPLE
    ./04-Scheduled-search.ps1 -Path /srv/bundles/*.tar.gz -Since 2026-09-01 -Cve CVE-2026-88771
#>
param(
    # Support bundles, image folders or logs.
    [string[]] $Path = "$PSScriptRoot/sample-case",

    # The window. Without a start: the earliest known exploitation of what is searched for.
    [string] $Since = '2019-12-24Z',
    [string] $Until = '2020-01-16Z',

    [string[]] $Cve = 'CVE-2019-19781'
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Search-ExploitIndicators -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../artifacts/CitrixOps"
}

$code = 3
$search = @{ Path = $Path; AsReport = $true; ErrorAction = 'Continue' }
if ($Since) { $search.Since = $Since }
if ($Until) { $search.Until = $Until }
if ($Cve) { $search.Cve = $Cve }
$reports = @(Search-ExploitIndicators @search)
if ($reports.Count -gt 0) { $code = 0 }
foreach ($report in $reports) {
    '{0}: {1}' -f $report.Gateway, $report.Verdict
    foreach ($reason in $report.Reasons) { '  ' + $reason }
    if ($report.ExitCode -gt $code) { $code = $report.ExitCode }
}

exit $code
