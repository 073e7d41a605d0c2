// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkcontrol.h"

#include "linkjson.h"
#include "linkrules.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxExactInteger = 9'007'199'254'740'992; // of JSON's numbers: 2^53

std::optional<quint64> idOf(const QJsonObject &command)
{
    const qint64 id = command.value("id"_L1).toInteger(-1);
    return id >= 1 && id <= maxExactInteger ? std::optional(quint64(id)) : std::nullopt;
}

} // namespace

LinkControl::LinkControl(LinkCarrier &carrier, LinkNetwork &network, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_carrier(carrier)
    , m_network(network)
    , m_recorder(folder)
    , m_settings(LinkNetwork::settings())
    , m_congestionControls(LinkNetwork::congestionControls())
{
    carrier.setRecorder(&m_recorder);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &LinkControl::accept);
    connect(&carrier, &LinkCarrier::happened, this, [this](const LinkEvent &event) {
        if (!m_missed.isEmpty()) // someone listens
            send(LinkJson::event(event));
    });
    connect(&carrier, &LinkCarrier::stateChanged, this, &LinkControl::sendStatus);
    connect(&carrier, &LinkCarrier::dropped, this, [this](quint64 packets) {
        send({{"event"_L1, "dropped"_L1}, {"packets"_L1, qint64(packets)}});
    });
    connect(&carrier, &LinkCarrier::recordingFailed, this, [this] {
        send({{"event"_L1, "failed"_L1},
              {"sentence"_L1, tr("Packets are no longer recorded: their file cannot be written.")}});
    });
    connect(&network, &LinkNetwork::failed, this, [this](const QString &sentence) {
        send({{"event"_L1, "failed"_L1}, {"sentence"_L1, sentence}});
    });
}

LinkControl::~LinkControl()
{
    m_carrier.setRecorder(nullptr);
}

QString LinkControl::listen(const QString &path)
{
    return m_server.listen(path) ? QString() : m_server.errorString();
}

void LinkControl::setRules(const QList<LinkRule> &rules)
{
    m_carrier.setRules(rules);
    m_network.setMtu(mtuOf(rules));
}

int LinkControl::mtuOf(const QList<LinkRule> &rules)
{
    int mtu = LinkNetwork::defaultMtu;
    for (const LinkRule &rule : rules)
        mtu = rule.verb == LinkVerb::Mtu ? rule.mtu : mtu;
    return mtu;
}

void LinkControl::accept()
{
    while (QLocalSocket *client = m_server.nextPendingConnection()) { // owned by the server
        m_missed.insert(client, 0);
        connect(client, &QLocalSocket::disconnected, this, [this, client] {
            m_missed.remove(client);
            client->deleteLater();
        });
        connect(client, &QLocalSocket::readyRead, this, [this, client] { readFrom(*client); });
        client->setReadBufferSize(maxLineBytes);
        sendTo(*client, status());
        readFrom(*client);
    }
}

void LinkControl::readFrom(QLocalSocket &client)
{
    while (client.canReadLine()) {
        const QJsonDocument document = QJsonDocument::fromJson(client.readLine());
        const QString error = document.isObject() ? obey(document.object(), client)
                                                  : tr("A line is a JSON object, as {\"command\": \"status\"}.");
        if (!error.isEmpty())
            sendTo(client, LinkJson::line({{"error"_L1, error}}));
    }
    if (client.bytesAvailable() >= maxLineBytes)
        client.abort(); // this line is too long, and never ends
}

/// Returns what is wrong with the command, as a sentence, or nothing.
QString LinkControl::obey(const QJsonObject &command, QLocalSocket &client)
{
    const QString name = command.value("command"_L1).toString();
    if (name == "rules"_L1)
        return setRules(command.value("rules"_L1).toString());
    if (name == "deliver-all"_L1)
        m_carrier.deliverAll();
    else if (name == "release"_L1)
        m_carrier.release();
    else if (name == "lose-next"_L1)
        return loseNext(command);
    else if (name == "congestion-control"_L1)
        return setCongestionControl(command.value("name"_L1).toString());
    else if (name == "patient"_L1)
        setPatient(command.value("on"_L1).toBool());
    else if (name == "record"_L1)
        return record(client);
    else if (name == "status"_L1)
        sendTo(client, status());
    else
        return handle(name, command);
    return {};
}

QString LinkControl::setRules(const QString &text)
{
    const LinkRules::Read read = LinkRules::read(text);
    if (read.error.isEmpty())
        setRules(read.rules);
    return read.error;
}

/// A command about one packet.
QString LinkControl::handle(const QString &name, const QJsonObject &command)
{
    const auto id = idOf(command);
    const bool isFirst = !command.contains("id"_L1);
    bool isDone = false;
    if (name == "deliver"_L1)
        isDone = isFirst ? m_carrier.deliverFirst() : id && m_carrier.deliver(*id);
    else if (name == "lose"_L1)
        isDone = isFirst ? m_carrier.loseFirst() : id && m_carrier.lose(*id);
    else if (name == "duplicate"_L1)
        isDone = id && m_carrier.duplicate(*id);
    else if (name == "delay"_L1) {
        const std::chrono::milliseconds ms(command.value("ms"_L1).toInteger(-1));
        if (ms.count() < 0 || ms > LinkRule::maxDelay)
            return tr("“ms” is a delay from 0 to 60000.");
        isDone = id && m_carrier.delay(*id, ms);
    } else {
        return tr("A command is rules, deliver, lose, lose-next, duplicate, delay, deliver-all, release, patient, "
                  "congestion-control, record or status.");
    }
    return isDone ? QString() : tr("There is no such packet on its way.");
}

QString LinkControl::loseNext(const QJsonObject &command)
{
    const auto end = std::ranges::find(sideWords, command.value("from"_L1).toString());
    const auto kind = std::ranges::find(segmentKindWords, command.value("kind"_L1).toString());
    if (end == sideWords.end())
        return tr("“from” is client or server.");
    if (kind == segmentKindWords.end())
        return tr("“kind” is syn, syn-ack, data, fin, rst or ack.");
    m_carrier.loseNext(Side(end - sideWords.begin()), SegmentKind(kind - segmentKindWords.begin()));
    return {};
}

QString LinkControl::setCongestionControl(const QString &name)
{
    if (!LinkNetwork::setCongestionControl(name))
        return tr("“name” is %1.").arg(m_congestionControls.join(tr(" or ")));
    m_settings = LinkNetwork::settings();
    sendStatus();
    return {};
}

void LinkControl::setPatient(bool isPatient)
{
    m_network.setPatient(isPatient);
    sendStatus();
}

void LinkControl::sendStatus()
{
    for (auto client = m_missed.keyBegin(); client != m_missed.keyEnd(); ++client)
        sendTo(**client, status());
}

QString LinkControl::record(QLocalSocket &client)
{
    if (const QString error = m_recorder.begin(); !error.isEmpty())
        return tr("Packets cannot be recorded: %1.").arg(error);
    QJsonArray files;
    QJsonArray frames;
    for (const Side end : bothSides) {
        files.append(m_recorder.path(end));
        frames.append(qint64(m_recorder.frames(end)));
    }
    sendTo(client, LinkJson::line({{"event"_L1, "recording"_L1}, {"files"_L1, files}, {"frames"_L1, frames}}));
    return {};
}

QByteArray LinkControl::status() const
{
    return LinkJson::line({{"event"_L1, "status"_L1},
                           {"rules"_L1, LinkRules::text(m_carrier.rules())},
                           {"holding"_L1, m_carrier.isHolding()},
                           {"held"_L1, qint64(m_carrier.heldCount())},
                           {"losingNext"_L1, QJsonArray::fromStringList(m_carrier.losingNext())},
                           {"patient"_L1, m_network.isPatient()},
                           {"congestionControls"_L1, QJsonArray::fromStringList(m_congestionControls)},
                           {"settings"_L1, QJsonArray::fromStringList(m_settings)}});
}

void LinkControl::send(const QJsonObject &object)
{
    if (m_missed.isEmpty())
        return;
    const QByteArray line = LinkJson::line(object);
    for (auto client = m_missed.keyBegin(); client != m_missed.keyEnd(); ++client)
        sendTo(**client, line);
}

void LinkControl::sendTo(QLocalSocket &client, const QByteArray &line)
{
    qint64 &missed = m_missed[&client];
    if (client.bytesToWrite() > maxWaitingBytes) {
        ++missed;
        return;
    }
    if (missed > 0)
        client.write(LinkJson::line({{"event"_L1, "missed"_L1}, {"lines"_L1, std::exchange(missed, 0)}}));
    client.write(line);
}

#include "moc_linkcontrol.cpp"
