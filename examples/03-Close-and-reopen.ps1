<#
.SYNOPSIS
    Closes gateways to the outside, keeps a network inside working, and reopens them by the receipts.
.DESCRIPTION
    Without -ComputerName it rehearses: a simulated pair is started on this machine, closed, looked at and reopened.
.EXAMPLE
    ./03-Close-and-reopen.ps1
    The rehearsal.
.EXAMPLE
    ./03-Close-and-reopen.ps1 -ComputerName gw1, gw2 -Credential cops -ServerCertificateSha256 $pins -AllowNetwork 10.0.0.0/8 -ReceiptPath D:\case\receipts
    Closes two gateways. It asks before each step. Reopen them with Enable-ExternalAccess when it is safe.
#>
param(
    # Gateways; one node of a pair is enough.
    [string[]] $ComputerName,
    [pscredential] $Credential,
    # SHA-256 of the management certificates.
    [string[]] $ServerCertificateSha256,
    # Networks that stay in.
    [string[]] $AllowNetwork = '10.0.0.0/8',
    # Where receipts lie.
    [string] $ReceiptPath = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), 'citrixops-rehearsal-' + [guid]::NewGuid().ToString('N'))
)

if (-not (Get-Command Disable-ExternalAccess -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../artifacts/CitrixOps"
}

$simulator = $null
$session = $null
try {
    if (-not $ComputerName) {
        'Rehearsal: starting a simulated pair.'
        $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', "run --project ""$PSScriptRoot/../src/CitrixOps.Simulator"" -- --scenario clean-ha-131 --parent $PID")
        $start.RedirectStandardOutput = $true
        $simulator = [System.Diagnostics.Process]::Start($start)
        while ($null -ne ($line = $simulator.StandardOutput.ReadLine()) -and $line -notmatch '^ready') {
            if ($line -match '^(primary|secondary)\s+(\S+) .*SHA-256 (\S+)') {
                $ComputerName += , $Matches[2]
                $ServerCertificateSha256 += , $Matches[3]
            }
            elseif ($line -match '^user\s+(\S+) password (\S+)') {
                $Credential = [pscredential]::new($Matches[1], [System.Net.NetworkCredential]::new('', $Matches[2]).SecurePassword)
            }
        }
    }

    $session = Connect-Gateway -ComputerName $ComputerName -Credential $Credential -ServerCertificateSha256 $ServerCertificateSha256
    'What is open to the outside:'
    Get-ExternalAccess -Session $session | Where-Object IsOpen | Out-Host

    'What closing would do:'
    Disable-ExternalAccess -Session $session -AllowNetwork $AllowNetwork -ReceiptPath $ReceiptPath -WhatIf -WarningAction Ignore | Out-Host

    $answer = @{}
    if ($simulator) { $answer.Confirm = $false }
    $closed = Disable-ExternalAccess -Session $session -AllowNetwork $AllowNetwork -ReceiptPath $ReceiptPath -Reason 'advice of the CERT' -WarningAction Ignore @answer
    'Closed:'
    $closed | Out-Host
    'Still open to the outside:'
    Get-ExternalAccess -Session $session | Where-Object { $_.IsOpen -and $_.ReachableFrom -match 'everybody' } | Out-Host

    if ($simulator) {
        'Reopened by the receipt:'
        Enable-ExternalAccess -Session $session -Receipt $closed -Reason 'end of the rehearsal' @answer | Out-Host
    }
    else {
        "Reopen with: Enable-ExternalAccess -Session <session> -Receipt $($closed.Path -join ', ')"
    }
}
finally {
    if ($session) { Disconnect-Gateway -Session $session }
    if ($simulator) {
        $simulator.Kill()
        if ([System.IO.Directory]::Exists($ReceiptPath)) { [System.IO.Directory]::Delete($ReceiptPath, $true) }
    }
}
