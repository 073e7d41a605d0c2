// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/icmperror.h"

#include <QAbstractSocket>
#include <QString>

/// The sentences in the detail of a Step: what went wrong, and what to do about it. Pure functions; any thread.
namespace ConversationText {

QString cannotListen(const QString &endpoint, QAbstractSocket::SocketError error, const QString &reason);
QString refused(const QString &endpoint); ///< by a RST or an ICMP error, nobody knows which
/// By an ICMP error that was captured.
QString refusedBy(const QString &endpoint, const IcmpError &error);
QString unreachable(const QString &endpoint, const QString &reason);
QString connectTimedOut(const QString &endpoint, int timeoutMs); ///< 0: the system's
QString resetAtOnce(const QString &endpoint);
/// from: the local end, "127.0.0.2:5000" or ":5000".
QString localEndUnusable(const QString &endpoint, const QString &from, const QString &reason);
QString noSuchAddress(const QString &host); ///< of the IP version that is asked for
QString notFound(const QString &host);
QString connectCancelled(const QString &endpoint);
QString noReply(const QString &endpoint, int timeoutMs);
QString notAcknowledged(const QString &endpoint);

QString goneBeforeAccepted(const QString &peer);
QString acceptPaused();
QString noDescriptor();
QString turnedAway(const QString &peer);
QString connectionsStayOpen(const QString &endpoint); ///< when a server with open connections stops listening

QString messageInParts();
QString longLength(quint64 length, qint64 bytes); ///< of a length prefix; bytes of its message
QString impossibleLength(quint64 length);
QString loneNewline(qint64 bytes);       ///< that wait for CR LF
QString notSent(const QString &refusal); ///< Framer::refusal()
QString sendingIsFull();
QString fileBegins(const QString &path, qint64 bytes);
QString fileStopped(const QString &path, qint64 sent, qint64 bytes);      ///< by the user
QString fileIsShorter(const QString &path, qint64 sent, qint64 bytes);    ///< than it was
QString fileIsIncomplete(const QString &path, qint64 sent, qint64 bytes); ///< when the connection ends
QString fileUnreadable(const QString &path, const QString &reason, qint64 sent);
QString incomplete(qint64 bytes);
QString finFollows();                      ///< after a close
QString readsLater(int ms);                ///< ms, or ConnectionSettings::never
QString unreadAfterBothFins(qint64 bytes); ///< after a close
QString repliesDropped(int replies);
QString replySkipped(); ///< to all connections

} // namespace ConversationText
