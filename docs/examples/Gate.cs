using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

/// <summary>A batch in C#: judges, then sends, or says why not. mono Gate.exe COMMAND ARGUMENTS...</summary>
static class Gate
{
    /// <summary>Runs a command. Returns its exit code; 127 if it is not found.</summary>
    static int Run(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], string.Join(" ", command.Skip(1).Select(Quoted)))
        {
            UseShellExecute = false
        };
        try
        {
            using (var process = Process.Start(start))
            {
                process.WaitForExit();
                return process.ExitCode;
            }
        }
        catch (Win32Exception error)
        {
            Console.Error.WriteLine(command[0] + ": " + error.Message);
            return 127;
        }
    }

    static string Quoted(string argument)
    {
        return "\"" + argument.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
    }

    static string Setting(string name, string usual)
    {
        var value = Environment.GetEnvironmentVariable(name);
        return string.IsNullOrEmpty(value) ? usual : value;
    }

    static int Main(string[] command)
    {
        if (command.Length == 0)
        {
            Console.Error.WriteLine("usage: Gate.exe COMMAND ARGUMENTS...");
            return 64;
        }
        for (var tries = int.Parse(Setting("TRIES", "5")); ; tries--)
        {
            // The code porteur stands in a file that the batch's user alone may read (chmod 600): nobody can type it.
            // The report, which says what to do, is shown as it is; the exit code alone decides.
            var code = Run("cps-preflight", "check", "--for", "teletransmission", "--wait", "30s",
                "--pin-file", Setting("PIN_FILE", "code"));
            if (code == 0) return Run(command);
            if (code == 1 || (code >= 10 && code <= 59))
            {
                Console.Error.WriteLine("HELD: the lots are not sent (code {0})", code);
                return code;
            }
            if (code != 69 && code != 75)
            {
                // 64 and above: never a reason to send.
                Console.Error.WriteLine("TO BE CORRECTED: call the integrator (code {0})", code);
                return code;
            }
            if (tries <= 1)
            {
                Console.Error.WriteLine("POSTPONED: still undecided (code {0})", code);
                return code;
            }
            var pause = double.Parse(Setting("PAUSE", "60"), CultureInfo.InvariantCulture);
            Thread.Sleep(TimeSpan.FromSeconds(pause));
        }
    }
}
