// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationtext.h"

#include "steps/steptext.h"

#include <QCoreApplication>

namespace {

struct ConversationTextStrings {
    Q_DECLARE_TR_FUNCTIONS(ConversationText)
};

QString seconds(int ms)
{
    return QString::number(ms / 1000.0, 'g', 6);
}

} // namespace

namespace ConversationText {

QString cannotListen(const QString &endpoint, QAbstractSocket::SocketError error, const QString &reason)
{
    switch (error) {
    case QAbstractSocket::AddressInUseError:
        return ConversationTextStrings::tr(
                   "Cannot listen on %1: Address already in use. End the program that listens there, or choose another "
                   "port (0: any free one).")
            .arg(endpoint);
    case QAbstractSocket::SocketAccessError:
        return ConversationTextStrings::tr(
                   "Cannot listen on %1: Permission denied. Ports below 1024 usually need special rights; choose 1024 "
                   "or above.")
            .arg(endpoint);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return ConversationTextStrings::tr(
                   "Cannot listen on %1: This machine does not have that address. Choose 127.0.0.1 or an address of "
                   "this machine.")
            .arg(endpoint);
    default:
        return ConversationTextStrings::tr("Cannot listen on %1: %2.").arg(endpoint, reason);
    }
}

QString refused(const QString &endpoint)
{
    return ConversationTextStrings::tr(
               "Cannot connect to %1: Connection refused. Nothing listens there, or a firewall rejects the connection; "
               "start the server, then try again.")
        .arg(endpoint);
}

QString refusedBy(const QString &endpoint, const IcmpError &error)
{
    const QString text =
        error.isRejection()
            ? ConversationTextStrings::tr("A firewall or router rejects the connection; starting the server does not "
                                          "help. %1 answered to the SYN for %2 with ICMP \"%3\".")
            : ConversationTextStrings::tr(
                  "The packets do not arrive; starting the server does not help. %1 answered to "
                  "the SYN for %2 with ICMP \"%3\". Check the address, and the way there.");
    return text.arg(error.reporterText(), endpoint, error.name());
}

QString unreachable(const QString &endpoint, const QString &reason)
{
    return ConversationTextStrings::tr("Cannot connect to %1: %2. Check the address, and this machine's network.")
        .arg(endpoint, reason);
}

QString connectTimedOut(const QString &endpoint, int timeoutMs)
{
    const QString what = timeoutMs > 0 ? ConversationTextStrings::tr("No answer within %1 s").arg(seconds(timeoutMs))
                                       : ConversationTextStrings::tr("No answer");
    return ConversationTextStrings::tr(
               "Cannot connect to %1: Connection timed out. %2. Check the address, and whether a firewall drops the "
               "packets.")
        .arg(endpoint, what);
}

QString resetAtOnce(const QString &endpoint)
{
    return ConversationTextStrings::tr("Cannot connect to %1: Connection reset by peer. The server accepts and "
                                       "then drops the connection; check which clients it allows.")
        .arg(endpoint);
}

QString localEndUnusable(const QString &endpoint, const QString &from, const QString &reason)
{
    return ConversationTextStrings::tr("Cannot connect to %1 from %2: %3. Choose another address or port for this end.")
        .arg(endpoint, from, reason);
}

QString noSuchAddress(const QString &host)
{
    return ConversationTextStrings::tr("%1 has no address of the IP version that is asked for").arg(host);
}

QString notFound(const QString &host)
{
    return ConversationTextStrings::tr("Cannot find the host %1. Check how it is spelled, or give its IP address.")
        .arg(host);
}

QString connectCancelled(const QString &endpoint)
{
    return ConversationTextStrings::tr("Connecting to %1 was cancelled").arg(endpoint);
}

QString noReply(const QString &endpoint, int timeoutMs)
{
    return ConversationTextStrings::
        tr("No reply from %1 within %2 s. Check that the server sends one, and that both ends use the same framing.")
            .arg(endpoint, seconds(timeoutMs));
}

QString notAcknowledged(const QString &endpoint)
{
    return ConversationTextStrings::tr(
               "Timed out: %1 has not acknowledged anything for too long. The peer or the network may be down.")
        .arg(endpoint);
}

QString goneBeforeAccepted(const QString &peer)
{
    return ConversationTextStrings::tr("%1 reset the connection before it was accepted").arg(peer);
}

QString acceptPaused()
{
    return ConversationTextStrings::tr(
        "Accepting is paused: this process cannot open more connections. It resumes when one closes.");
}

QString noDescriptor()
{
    return ConversationTextStrings::tr("The connection was dropped: this process cannot open more descriptors");
}

QString turnedAway(const QString &peer)
{
    return ConversationTextStrings::tr("%1 was turned away: it is not in an allowed subnet").arg(peer);
}

QString connectionsStayOpen(const QString &endpoint)
{
    return ConversationTextStrings::tr("Stopped listening on %1; open connections stay open").arg(endpoint);
}

QString messageInParts()
{
    return ConversationTextStrings::tr("A message is longer than 16 MiB: it is delivered in parts");
}

QString longLength(quint64 length, qint64 bytes)
{
    return ConversationTextStrings::tr(
               "A length prefix says %1: %2 bytes follow, more than 16 MiB, which are delivered "
               "in parts. Perhaps it is no length.")
        .arg(length)
        .arg(bytes);
}

QString impossibleLength(quint64 length)
{
    return ConversationTextStrings::tr("A length prefix says %1, which is not possible: from here on, the framing is "
                                       "none, and each read is a message")
        .arg(length);
}

QString loneNewline(qint64 bytes)
{
    return ConversationTextStrings::tr("%1 bytes wait for CR LF: they end with a lone LF, which is data").arg(bytes);
}

QString notSent(const QString &refusal)
{
    return ConversationTextStrings::tr("Not sent: %1").arg(refusal);
}

QString sendingIsFull()
{
    return ConversationTextStrings::tr(
        "64 MiB are waiting to be sent: no more is accepted until half of it has been sent");
}

QString fileBegins(const QString &path, qint64 bytes)
{
    return ConversationTextStrings::tr("Sending the file %1 (%2)").arg(path, StepText::exactSize(bytes));
}

QString fileStopped(const QString &path, qint64 sent, qint64 bytes)
{
    return ConversationTextStrings::tr("Stopped sending the file %1 after %2 of %3")
        .arg(path, StepText::exactSize(sent), StepText::exactSize(bytes));
}

QString fileIsShorter(const QString &path, qint64 sent, qint64 bytes)
{
    return ConversationTextStrings::tr("The file %1 became shorter while it was being sent: %2 of %3 were sent")
        .arg(path, StepText::exactSize(sent), StepText::exactSize(bytes));
}

QString fileIsIncomplete(const QString &path, qint64 sent, qint64 bytes)
{
    return ConversationTextStrings::tr("The file %1 was not sent completely: %2 of %3 were sent")
        .arg(path, StepText::exactSize(sent), StepText::exactSize(bytes));
}

QString fileUnreadable(const QString &path, const QString &reason, qint64 sent)
{
    return ConversationTextStrings::tr("Cannot read %1: %2. %3 were sent").arg(path, reason, StepText::exactSize(sent));
}

QString incomplete(qint64 bytes)
{
    return bytes == 1
               ? ConversationTextStrings::tr("1 byte was received without a terminator and belongs to no message")
               : ConversationTextStrings::tr("%1 bytes were received without a terminator and belong to no message")
                     .arg(bytes);
}

QString finFollows()
{
    return ConversationTextStrings::tr("FIN follows the data that is still in the kernel");
}

QString readsLater(int ms)
{
    return ms < 0
               ? ConversationTextStrings::tr("Not reading: what the peer sends stays in the kernel")
               : ConversationTextStrings::tr("Not reading for the first %1 s: what the peer sends stays in the kernel")
                     .arg(seconds(ms));
}

QString unreadAfterBothFins(qint64 bytes)
{
    return ConversationTextStrings::tr("%1 received and unread were dropped; both ends had finished, so the close sent "
                                       "nothing")
        .arg(StepText::exactSize(bytes));
}

QString replySkipped()
{
    return ConversationTextStrings::tr("A reply to all connections was not sent here: 64 MiB are waiting to be sent");
}

QString repliesDropped(int replies)
{
    return replies == 1 ? ConversationTextStrings::tr("1 reply that was due was not sent")
                        : ConversationTextStrings::tr("%1 replies that were due were not sent").arg(replies);
}

} // namespace ConversationText
