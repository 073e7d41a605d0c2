// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The texts of ICMP errors.

#include "laddertext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct ErrorTextStrings {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

QString meaning(const IcmpError &error)
{
    using enum IcmpError::Kind;
    switch (error.kind) {
    case TooBig:
        return error.mtu > 0
                   ? ErrorTextStrings::tr("The segment does not fit into the next link, whose packets have at "
                                          "most %1 bytes. Its sender has to use smaller segments.")
                         .arg(error.mtu)
                   : ErrorTextStrings::tr("The segment does not fit into the next link. Its sender has to use "
                                          "smaller segments.");
    case TimeExceeded:
        if (error.code > 1)
            return ErrorTextStrings::tr("Something took too long. What this code means is not known.");
        return error.code == 0 ? ErrorTextStrings::tr("The segment passed too many routers.")
                               : ErrorTextStrings::tr("A fragment of the segment did not arrive in time.");
    case ParameterProblem:
        return ErrorTextStrings::tr("A header of the segment was not understood there.");
    case Other:
        if (error.version == 6)
            return ErrorTextStrings::tr("What errors of this type mean is not known.");
        return error.name() == "redirect"_L1
                   ? ErrorTextStrings::tr("The segment was delivered, but another router is nearer to its destination.")
                   : ErrorTextStrings::tr("A router asks the sender to send more slowly. Such errors are obsolete.");
    case Unreachable:
        break;
    }
    if (error.isProhibition())
        return ErrorTextStrings::tr("A firewall or a router does not let such packets pass.");
    if (error.name() == "port unreachable"_L1)
        return ErrorTextStrings::tr(
            "A firewall rejects the segment: TCP itself answers with RST where nothing listens.");
    return ErrorTextStrings::tr("The segment could not be delivered.");
}

/// What the error did.
QString effect(const FlowSegment &row, const IcmpError &error)
{
    if (row.has(FlowSegment::IgnoredError))
        return ErrorTextStrings::tr("It was ignored: its number is not that of a segment in flight, so it is late or "
                                    "forged (RFC 5927, section 4.1).");
    if (row.has(FlowSegment::RefusedByError))
        return ErrorTextStrings::tr(
            "It ended the attempt to connect. Linux gives up after any such error, although RFC "
            "1122, section 4.2.3.9, wants that only of some (RFC 5461, section 4).");
    if (!error.mayEndAttempt() && error.kind != IcmpError::Kind::TooBig)
        return ErrorTextStrings::tr("TCP ignores it.");
    if (row.receiverState == TcpState::SynSent)
        return ErrorTextStrings::tr("The attempt to connect went on.");
    return ErrorTextStrings::tr("The connection goes on: TCP sends again what is not acknowledged (RFC 5461, section "
                                "2.2).");
}

std::array<QString, 4> errorLabels(const IcmpError &error, const QString &sequence)
{
    const QString protocol = error.version == 6 ? u"ICMPv6"_s : u"ICMP"_s;
    const QString name = u"%1 %2"_s.arg(protocol, error.name());
    const QString whole = error.mtu > 0 ? u"%1, MTU %2"_s.arg(name).arg(error.mtu) : name;
    return {ErrorTextStrings::tr("%1: about seq %2", "an ICMP error, and the number of a segment").arg(whole, sequence),
            whole, name, protocol};
}

} // namespace

void LadderText::describe(LadderRow &row, const Flow &flow, const IcmpError &error, bool absolute)
{
    const FlowSegment &shown = flow.at(row.segment.value());
    const bool isIgnored = shown.has(FlowSegment::IgnoredError);
    row.kind = LadderRow::Kind::Error;
    row.isFromRouter = flow.address(shown.sender).address != error.reporter;
    const qint64 relative = shown.offset + flow.relativeZero(otherEnd(shown.sender));
    row.labels =
        errorLabels(error, absolute || isIgnored ? QString::number(shown.sequence) : QString::number(relative));
    QStringList notes;
    if (row.isFromRouter)
        notes.append(ErrorTextStrings::tr("from %1", "an address").arg(error.reporterText()));
    if (isIgnored)
        notes.append(ErrorTextStrings::tr("ignored"));
    row.notes = notes.join(", "_L1);
    row.explanations = {
        ErrorTextStrings::tr("%1 (%2)", "a sentence, and an RFC").arg(meaning(error), error.reference()),
        effect(shown, error)};
}
