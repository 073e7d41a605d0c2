// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

/// What decides whether an ordinary user may capture on this system with dumpcap.
struct CaptureFacts {
    bool isLinux = true;
    QString distribution;   ///< ID and ID_LIKE of os-release, in lower case: "ubuntu debian"
    QString user;           ///< "alice"
    QString dumpcap;        ///< its path; empty: not installed
    QString group;          ///< the one that may run it, where not everybody may: "wireshark"
    bool mayRun = false;    ///< this process may execute it
    bool isMember = false;  ///< of the group, in the system's list; a session that began before does not have it yet
    bool hasRights = false; ///< its file gives it the right to capture (file capabilities, or set-uid root)
    bool mayGain = true;    ///< a program with such a file gets the right (no_new_privs is not set)
    bool isBounded = false; ///< nothing can have the right here (CAP_NET_RAW is not in the bounding set)
    QString dumpcapSaid;    ///< its own words, where it was run and did not capture
};

/// Why there is no capture, and what would make one possible. The sentences are for people.
struct CaptureProblem {
    bool isForbidden = false; ///< a right is missing; otherwise something broke
    QString reason;           ///< whole sentences
    QStringList commands;     ///< that a person types, one after the other; may be empty
    QString afterwards;       ///< what is left to do then; may be empty

    bool operator==(const CaptureProblem &) const = default;
};

/// From facts to advice. Pure, but for collect(), which asks the system and may take long (the groups may come from a
/// network): for the capture's thread.
namespace CaptureAdvice {

CaptureFacts collect();
CaptureProblem of(const CaptureFacts &facts);
/// All of it, for a log or standard error.
QString sentence(const CaptureProblem &problem);

/// The command that captures for a user who may use sudo, into a file that this program can follow meanwhile.
QString tcpdumpCommand(quint16 port);
/// The file that it names.
QString tcpdumpFile(quint16 port);

} // namespace CaptureAdvice
