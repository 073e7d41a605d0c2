// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "captureadvice.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct CaptureAdviceStrings {
    Q_DECLARE_TR_FUNCTIONS(CaptureAdvice)
};

/// How a family of distributions packages dumpcap.
struct Packaging {
    QLatin1StringView distribution; ///< a word of ID or ID_LIKE
    QLatin1StringView install;
    QLatin1StringView allow; ///< gives dumpcap its rights; empty: installing it does
    bool asks = false;       ///< `allow` asks a question; the answer is Yes
};

constexpr Packaging packagings[] = {
    {"debian"_L1, "sudo apt install wireshark-common"_L1, "sudo dpkg-reconfigure wireshark-common"_L1, true},
    {"fedora"_L1, "sudo dnf install wireshark-cli"_L1, {}, false},
    {"rhel"_L1, "sudo dnf install wireshark-cli"_L1, {}, false},
    {"arch"_L1, "sudo pacman -S wireshark-cli"_L1, {}, false},
    {"suse"_L1, "sudo zypper install wireshark"_L1, {}, false},
    {"alpine"_L1, "sudo apk add wireshark-common"_L1, {}, false},
};

const Packaging *packagingOf(const QString &distribution)
{
    const QStringList words = distribution.split(u' ');
    for (const Packaging &packaging : packagings) {
        if (words.contains(packaging.distribution))
            return &packaging;
    }
    return nullptr;
}

void addMembership(CaptureProblem &problem, const CaptureFacts &facts, const QString &group)
{
    problem.commands.append(u"sudo usermod -aG %1 %2"_s.arg(group, facts.user));
    problem.afterwards += CaptureAdviceStrings::tr("Then log out and in again.");
}

void addRights(CaptureProblem &problem, const QString &dumpcap, const Packaging *packaging)
{
    if (!packaging || packaging->allow.isEmpty()) {
        problem.commands.append(u"sudo setcap cap_net_raw,cap_net_admin+eip %1"_s.arg(dumpcap));
        return;
    }
    problem.commands.append(packaging->allow);
    if (packaging->asks)
        problem.afterwards = CaptureAdviceStrings::tr("Answer Yes to its question.") + u' ';
}

CaptureProblem notInstalled(const CaptureFacts &facts)
{
    CaptureProblem problem{.isForbidden = true};
    const Packaging *packaging = packagingOf(facts.distribution);
    problem.reason = CaptureAdviceStrings::tr(
        "This program was started without the right to capture, and dumpcap, which captures for "
        "ordinary users, is not installed.");
    if (!packaging) {
        problem.afterwards = CaptureAdviceStrings::tr("Install dumpcap: it comes with Wireshark.");
        return problem;
    }
    problem.commands.append(packaging->install);
    if (!packaging->allow.isEmpty())
        addRights(problem, {}, packaging);
    addMembership(problem, facts, u"wireshark"_s);
    return problem;
}

CaptureProblem notAllowed(const CaptureFacts &facts)
{
    CaptureProblem problem{.isForbidden = true};
    const Packaging *packaging = packagingOf(facts.distribution);
    if (!facts.hasRights) {
        problem.reason =
            CaptureAdviceStrings::tr("dumpcap is installed (%1), but it does not have the right to capture.")
                .arg(facts.dumpcap);
        addRights(problem, facts.dumpcap, packaging);
        // Debian's package then lets only the members of this group run it.
        const bool becomesGroups = packaging && packaging->asks;
        if (!facts.isMember && (becomesGroups || !facts.mayRun))
            addMembership(problem, facts, facts.group.isEmpty() ? u"wireshark"_s : facts.group);
    } else if (!facts.isMember) {
        problem.reason = CaptureAdviceStrings::tr(
                             "dumpcap may capture, but only members of the group %1 may run it, and %2 is not one.")
                             .arg(facts.group, facts.user);
        addMembership(problem, facts, facts.group);
    } else {
        problem.reason =
            CaptureAdviceStrings::tr(
                "%1 is a member of the group %2, which may capture with dumpcap, but was not yet when this "
                "session began.")
                .arg(facts.user, facts.group);
        problem.afterwards = CaptureAdviceStrings::tr("Log out and in again.");
    }
    return problem;
}

} // namespace

CaptureProblem CaptureAdvice::of(const CaptureFacts &facts)
{
    CaptureProblem problem{.isForbidden = true};
    if (!facts.isLinux)
        problem.reason = CaptureAdviceStrings::tr("This program was started without the right to capture.");
    else if (facts.isBounded)
        problem.reason = CaptureAdviceStrings::tr(
            "Nothing can capture here, whoever runs it: this container (or session) was started without "
            "the capability CAP_NET_RAW. Who starts it can add that.");
    else if (facts.dumpcap.isEmpty())
        problem = notInstalled(facts);
    else if (!facts.hasRights || !facts.mayRun)
        problem = notAllowed(facts);
    else if (!facts.mayGain)
        problem.reason = CaptureAdviceStrings::tr(
            "dumpcap may capture, but this program was started in a way that keeps what it starts from "
            "getting further rights (no_new_privs), as sandboxes do.");
    else
        problem.reason = CaptureAdviceStrings::tr("dumpcap (%1) does not capture. It says: %2")
                             .arg(facts.dumpcap, facts.dumpcapSaid);
    return problem;
}

QString CaptureAdvice::sentence(const CaptureProblem &problem)
{
    if (problem.isOfFile)
        return problem.reason;
    QStringList parts{CaptureAdviceStrings::tr("Segments are not captured: %1").arg(problem.reason)};
    if (!problem.commands.isEmpty())
        parts.append(CaptureAdviceStrings::tr("To allow it, run: %1").arg(problem.commands.join(" && "_L1)));
    if (!problem.afterwards.isEmpty())
        parts.append(problem.afterwards.trimmed());
    return parts.join(u' ');
}

QString CaptureAdvice::tcpdumpFile(quint16 port)
{
    return u"/tmp/tcp-steps-%1.pcap"_s.arg(port);
}

QString CaptureAdvice::tcpdumpCommand(quint16 port)
{
    return u"sudo tcpdump -i any -U -w %1 tcp port %2"_s.arg(tcpdumpFile(port)).arg(port);
}
