<#
.SYNOPSIS
    Searches support bundles for traces of exploitation in a window, and says what the logs do not cover.
.EXAMPLE
    ./02-Search-a-support-bundle.ps1
    Searches the sample case that comes with CitrixOps: two gateways, December 2019 to January 2020.
.EXAMPLE
    ./02-Search-a-support-bundle.ps1 -Path C:\bundles\*.tar.gz -Since 2023-06-01 -Until 2023-08-01 -Cve CVE-2023-3519
#>
param(
    # Support bundles, image folders or logs.
    [string[]] $Path = "$PSScriptRoot/sample-case",

    # The vulnerable period. The last day counts whole.
    [string] $Since = '2019-12-24Z',
    [string] $Until = '2020-01-16Z',

    [string[]] $Cve = 'CVE-2019-19781'
)

if (-not (Get-Command Search-ExploitIndicators -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../artifacts/CitrixOps"
}

'1. What runs, and what does it lack?'
Get-GatewayPatchLevel -Path $Path | Out-Host

'2. Did anybody try, did anybody get in? (findings of high severity)'
$reports = Search-ExploitIndicators -Path $Path -Since $Since -Until $Until -Cve $Cve -AsReport
$reports | ForEach-Object { $_.Findings } | Where-Object Severity -ge High | Out-Host

'3. The verdict on each gateway, and what it rests on'
$reports | Out-Host
