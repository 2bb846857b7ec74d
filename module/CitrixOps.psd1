@{
    RootModule             = 'CitrixOps.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '5c1c5d6e-3e0a-4a55-9d0c-6a1f2c7c9b51'
    Author                 = 'the CitrixOps authors'
    CompanyName            = 'CitrixOps'
    Copyright              = '(c) 2026 the CitrixOps authors. MIT licence.'
    Description            = 'NetScaler incident response: know the patch level of a gateway, search what exploitation leaves behind, and say what the logs do not cover.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @(
        'formats/AccessTest.Format.ps1xml'
        'formats/ExploitIndicator.Format.ps1xml'
        'formats/AccessReceipt.Format.ps1xml'
        'formats/ExternalAccess.Format.ps1xml'
        'formats/Finding.Format.ps1xml'
        'formats/Gateway.Format.ps1xml'
        'formats/LogCoverage.Format.ps1xml'
        'formats/MitigationState.Format.ps1xml'
        'formats/PatchLevel.Format.ps1xml'
        'formats/UserSessionStop.Format.ps1xml'
    )
    TypesToProcess         = @()
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Disable-ExternalAccess'
        'Enable-ExternalAccess'
        'Get-ExternalAccess'
        'Connect-Gateway'
        'Disable-GatewayMitigation'
        'Disconnect-Gateway'
        'Enable-GatewayMitigation'
        'Get-ExploitIndicator'
        'Get-Gateway'
        'Get-GatewayAdvisory'
        'Get-GatewayPatchLevel'
        'Get-GatewayUserSession'
        'Get-LogCoverage'
        'Import-GatewayAdvisory'
        'Install-GatewayUpdate'
        'Search-ExploitIndicators'
        'Stop-GatewayUserSession'
        'Test-ExternalAccess'
        'Test-ExploitIndicator'
        'Test-GatewayMitigation'
    )
    VariablesToExport      = @()
    AliasesToExport        = @('Search-ExploitIndicator')
    PrivateData            = @{
        PSData = @{
            Tags = @('NetScaler', 'Citrix', 'Gateway', 'DFIR', 'IncidentResponse', 'Sigma', 'CVE', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
