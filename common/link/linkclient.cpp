// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkclient.h"

#include "linkjson.h"
#include "linkrules.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr int linesInATurn = 300; ///< so that the window does not stall when thousands of packets are reported

QStringList texts(const QJsonValue &list)
{
    QStringList texts;
    const QJsonArray all = list.toArray();
    for (const auto text : all)
        texts.append(text.toString());
    return texts;
}

} // namespace

LinkClient::LinkClient(QObject *parent)
    : QObject(parent)
{
    connect(&m_socket, &QLocalSocket::readyRead, this, &LinkClient::read);
    connect(&m_socket, &QLocalSocket::disconnected, this, &LinkClient::end);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] {
        if (!m_isConnected)
            emit gone();
    });
}

/// The socket disconnects when it goes, after the state has gone.
LinkClient::~LinkClient()
{
    m_socket.disconnect(this);
}

void LinkClient::connectTo(const QString &path)
{
    m_socket.connectToServer(path);
}

void LinkClient::read()
{
    std::vector<LinkReport> reports;
    QJsonObject status;
    for (int lines = 0; lines < linesInATurn && m_socket.canReadLine(); ++lines) {
        const QJsonObject line = QJsonDocument::fromJson(m_socket.readLine()).object();
        if (const auto report = LinkJson::report(line))
            reports.push_back(*report);
        else if (line.value("event"_L1) == "status"_L1)
            status = line; // only the newest counts
        else
            take(line);
    }
    if (!reports.empty())
        emit reported(reports);
    if (!status.isEmpty())
        takeStatus(status);
    if (m_socket.canReadLine())
        QMetaObject::invokeMethod(this, &LinkClient::read, Qt::QueuedConnection);
}

void LinkClient::take(const QJsonObject &line)
{
    if (const QString error = line.value("error"_L1).toString(); !error.isEmpty())
        emit refused(error);
    const QString event = line.value("event"_L1).toString();
    if (event == "failed"_L1)
        emit refused(line.value("sentence"_L1).toString());
    else if (event == "recording"_L1)
        takeRecording(line);
    else if (event == "missed"_L1)
        emit missed();
}

void LinkClient::takeRecording(const QJsonObject &line)
{
    const QJsonArray files = line.value("files"_L1).toArray();
    const QJsonArray frames = line.value("frames"_L1).toArray();
    emit recordingBegan({files.at(0).toString(), files.at(1).toString()},
                        {quint32(frames.at(0).toInteger()), quint32(frames.at(1).toInteger())});
}

void LinkClient::takeStatus(const QJsonObject &line)
{
    m_isConnected = true;
    m_rules = LinkRules::read(line.value("rules"_L1).toString()).rules;
    m_isHolding = line.value("holding"_L1).toBool();
    m_held = line.value("held"_L1).toInteger();
    m_losingNext = texts(line.value("losingNext"_L1));
    m_isPatient = line.value("patient"_L1).toBool();
    m_congestionControls = texts(line.value("congestionControls"_L1));
    m_settings = texts(line.value("settings"_L1));
    emit stateChanged();
}

/// The process that carries the packets has ended.
void LinkClient::end()
{
    m_isConnected = m_isHolding = false;
    m_held = 0;
    m_losingNext.clear();
    emit stateChanged();
    emit gone();
}

void LinkClient::command(const QString &name, QJsonObject fields)
{
    if (!m_isConnected)
        return;
    fields.insert("command"_L1, name);
    m_socket.write(LinkJson::line(fields));
}

QString LinkClient::description() const
{
    const QString rules = LinkRules::text(LinkRules::conditions(m_rules));
    return tr("The network between the two ends: %1; %2")
        .arg(rules.isEmpty() ? tr("perfect") : rules, m_settings.join(", "_L1));
}

void LinkClient::setRules(const QList<LinkRule> &rules)
{
    command(u"rules"_s, {{"rules"_L1, LinkRules::text(rules)}});
}

void LinkClient::deliverFirst()
{
    command(u"deliver"_s);
}

void LinkClient::deliver(quint64 packet)
{
    command(u"deliver"_s, {{"id"_L1, qint64(packet)}});
}

void LinkClient::lose(quint64 packet)
{
    command(u"lose"_s, {{"id"_L1, qint64(packet)}});
}

void LinkClient::duplicate(quint64 packet)
{
    command(u"duplicate"_s, {{"id"_L1, qint64(packet)}});
}

void LinkClient::delay(quint64 packet, std::chrono::milliseconds by)
{
    command(u"delay"_s, {{"id"_L1, qint64(packet)}, {"ms"_L1, qint64(by.count())}});
}

void LinkClient::setPatient(bool isPatient)
{
    command(u"patient"_s, {{"on"_L1, isPatient}});
}

void LinkClient::setCongestionControl(const QString &name)
{
    command(u"congestion-control"_s, {{"name"_L1, name}});
}

QString LinkClient::congestionControl() const
{
    const QStringList found = m_settings.filter("tcp_congestion_control"_L1);
    return found.value(0).section(" = "_L1, 1);
}

void LinkClient::record()
{
    command(u"record"_s);
}

void LinkClient::deliverAll()
{
    command(u"deliver-all"_s);
}

void LinkClient::loseFirst()
{
    command(u"lose"_s);
}

void LinkClient::release()
{
    command(u"release"_s);
}

void LinkClient::loseNext(Side from, SegmentKind kind)
{
    command(u"lose-next"_s, {{"from"_L1, QString(sideWords.at(size_t(from)))},
                             {"kind"_L1, QString(segmentKindWords.at(size_t(kind)))}});
}

#include "moc_linkclient.cpp"
