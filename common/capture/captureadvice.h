// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

/// The facts that decide whether an ordinary user may capture with dumpcap on this system.
struct CaptureFacts {
    bool isLinux = true;
    QString distribution;   ///< ID and ID_LIKE of os-release, in lower case: "ubuntu debian"
    QString user;           ///< "alice"
    QString dumpcap;        ///< its path; empty: not installed
    QString group;          ///< whose members may run it, if not everybody may: "wireshark"
    bool mayRun = false;    ///< this process may execute it
    bool isMember = false;  ///< the user is in the group; a login session that is older does not have it yet
    bool hasRights = false; ///< dumpcap has the right to capture (file capabilities or set-uid root)
    bool mayGain = true;    ///< a program can gain rights from its file (no_new_privs is not set)
    bool isBounded = false; ///< no process can capture here (CAP_NET_RAW is not in the bounding set)
    QString dumpcapSaid;    ///< its error message, if it was run and did not capture
};

/// Why there is no capture, and how to make one possible. The sentences are for people.
struct CaptureProblem {
    bool isForbidden = false; ///< a right is missing; otherwise something failed
    bool isOfFile = false;    ///< a capture file cannot be read; nothing was to be captured
    QString reason;           ///< whole sentences
    QStringList commands;     ///< to type, one after the other; may be empty
    QString afterwards;       ///< what to do after the commands; may be empty

    bool operator==(const CaptureProblem &) const = default;
};

/// Turns facts into advice. Pure, except for collect(): it asks the system and may take long (groups may come from the
/// network), so call it on the capture's thread only.
namespace CaptureAdvice {

CaptureFacts collect();
CaptureProblem of(const CaptureFacts &facts);
/// The whole problem, for a log or standard error.
QString sentence(const CaptureProblem &problem);

/// The command with which a user with sudo captures into a file that this program can follow.
QString tcpdumpCommand(quint16 port);
/// The file that the command writes.
QString tcpdumpFile(quint16 port);

} // namespace CaptureAdvice
