<#
.SYNOPSIS
    Tells which bulletins apply to a gateway, from its ns.conf, support bundle, image folder, or version string.
.EXAMPLE
    ./01-Is-my-gateway-exposed.ps1
    Uses the sample case that comes with CitrixOps.
.EXAMPLE
    ./01-Is-my-gateway-exposed.ps1 -Path C:\bundles\*.tar.gz
#>
param(
    # Configurations, support bundles or folders.
    [string[]] $Path = "$PSScriptRoot/sample-case"
)

if (-not (Get-Command Get-GatewayPatchLevel -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../artifacts/CitrixOps"
}

$levels = Get-GatewayPatchLevel -Path $Path

'Patch level of each node:'
$levels | Out-Host

'Exploited in the wild and open here:'
$levels | ForEach-Object { $_.Vulnerabilities } | Where-Object { $_.IsOpen -and $_.KnownExploited } | Out-Host
