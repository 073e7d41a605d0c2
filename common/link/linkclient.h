// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkreport.h"
#include "linkrule.h"

#include <QJsonObject>
#include <QList>
#include <QLocalSocket>
#include <QStringList>

#include <array>
#include <vector>

/// A window's end of the control socket (LinkControl): what the link does, and commands for it. Every window that is
/// connected sees the same. Commands of a client that is not connected are ignored. Owned by a window; lives on its
/// thread, and never blocks it.
class LinkClient : public QObject
{
    Q_OBJECT
public:
    /// In the lab, one of these environment variables is set.
    static constexpr QLatin1StringView socketVariable{"TCPSTEPS_LINK"};     ///< the path of the control socket
    static constexpr QLatin1StringView whyNoneVariable{"TCPSTEPS_NO_LINK"}; ///< why there is no link
    static QString socketPath() { return qEnvironmentVariable(socketVariable.data()); }
    static QString whyNone() { return qEnvironmentVariable(whyNoneVariable.data()); }

    explicit LinkClient(QObject *parent = nullptr);
    ~LinkClient() override;

    void connectTo(const QString &path);

    bool isConnected() const { return m_isConnected; }
    const QList<LinkRule> &rules() const { return m_rules; }
    bool isHolding() const { return m_isHolding; }
    qsizetype heldCount() const { return m_held; }
    const QStringList &losingNext() const { return m_losingNext; } ///< "client data": will be lost when it comes
    bool isPatient() const { return m_isPatient; }
    const QStringList &congestionControls() const { return m_congestionControls; }
    QString congestionControl() const;                         ///< of new connections
    const QStringList &settings() const { return m_settings; } ///< of the kernel, as LinkNetwork::settings()

    /// Its conditions and settings, without what is held: "The network between the two ends: delay 50ms; …".
    QString description() const;

    void setRules(const QList<LinkRule> &rules); ///< instead of all others
    void deliverFirst();                         ///< the packet that has waited longest
    void deliverAll();
    void loseFirst();
    void release();
    void loseNext(Side from, SegmentKind kind); ///< the next of these

    // One packet that is on its way. The link refuses it when it is too late.
    void deliver(quint64 packet);
    void lose(quint64 packet);
    void duplicate(quint64 packet);
    void delay(quint64 packet, std::chrono::milliseconds by); ///< at most LinkRule::maxDelay

    void setPatient(bool isPatient); ///< LinkNetwork::setPatient()
    void setCongestionControl(const QString &name);

    void record(); ///< recordingBegan() or refused() follows

signals:
    void stateChanged(); ///< of anything above
    void gone();         ///< there is no link, or no longer
    void refused(const QString &sentence);
    /// Two files grow, by Side. What had frames up to these numbers is not reported.
    void recordingBegan(const std::array<QString, 2> &files, const std::array<quint32, 2> &frames);
    void reported(const std::vector<LinkReport> &reports); ///< in their order
    void missed();                                         ///< this client was too slow: some reports do not come

private:
    void read();
    void take(const QJsonObject &line);
    void takeStatus(const QJsonObject &line);
    void takeRecording(const QJsonObject &line);
    void command(const QString &name, QJsonObject fields = {});
    void end();

    QLocalSocket m_socket;
    QList<LinkRule> m_rules;
    QStringList m_losingNext;
    QStringList m_congestionControls;
    QStringList m_settings;
    bool m_isPatient = false;
    qsizetype m_held = 0;
    bool m_isConnected = false;
    bool m_isHolding = false;
};
