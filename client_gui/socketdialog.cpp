// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "socketdialog.h"

#include "picture/colors.h"
#include "ui/forms/checkededit.h"
#include "ui/guide/guide.h"
#include "ui/tools/uitools.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace {

QString sizeText(int bytes)
{
    return bytes > 0 ? QString::number(bytes) : QString();
}

} // namespace

SocketDialog::SocketDialog(QAbstractSocket::NetworkLayerProtocol ipVersion, const SocketOptions &options,
                           QWidget *parent)
    : QDialog(parent)
    , m_ipVersion(new QComboBox(this))
    , m_noDelay(new QCheckBox(tr("Send small messages at &once (TCP_NODELAY)"), this))
    , m_sendBuffer(new CheckedEdit(this))
    , m_receiveBuffer(new CheckedEdit(this))
    , m_keepAlive(new CheckedEdit(this))
    , m_error(new QLabel(this))
{
    setObjectName(QStringLiteral("socketDialog"));
    setWindowTitle(tr("Socket Options"));
    Guide::addHelpKey(*this);
    createFields(options);
    m_ipVersion->setCurrentIndex(qMax(0, m_ipVersion->findData(ipVersion)));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    UiTools::setTextColor(m_error, &Colors::error);
    m_error->setObjectName(QStringLiteral("socketError"));
    m_error->setWordWrap(true);
    m_error->setMinimumHeight(2 * m_error->fontMetrics().lineSpacing()); // nothing moves when there is one
    setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    auto *layout = new QFormLayout(this);
    layout->addRow(tr("&IP version"), m_ipVersion);
    layout->addRow(m_noDelay);
    layout->addRow(tr("&Send buffer"), m_sendBuffer);
    layout->addRow(tr("&Receive buffer"), m_receiveBuffer);
    layout->addRow(tr("&Keep alive"), m_keepAlive);
    layout->addRow(m_error);
    layout->addRow(buttons);
    for (const CheckedEdit *edit : {m_sendBuffer, m_receiveBuffer, m_keepAlive})
        connect(edit, &CheckedEdit::checked, this, &SocketDialog::check);
}

void SocketDialog::createFields(const SocketOptions &options)
{
    UiTools::describe(m_ipVersion, "ipVersionCombo", tr("IP version"));
    m_ipVersion->addItem(tr("any"), QAbstractSocket::AnyIPProtocol);
    m_ipVersion->addItem(tr("IPv4"), QAbstractSocket::IPv4Protocol);
    m_ipVersion->addItem(tr("IPv6"), QAbstractSocket::IPv6Protocol);
    m_ipVersion->setToolTip(tr("Try only the host's addresses of this version"));
    UiTools::describe(m_noDelay, "noDelaySwitch", tr("Send small messages at once"));
    m_noDelay->setChecked(options.hasNoDelay);
    m_noDelay->setToolTip(tr("Off: a small message waits until the peer has acknowledged what was sent before (Nagle's "
                             "algorithm)."));
    const auto checkSize = [](const QString &text) {
        return text.trimmed().isEmpty() || SocketOptions::parseBufferBytes(text)
                   ? QString()
                   : tr("A buffer has a size from 1 to 1024M, such as 65536 or 64K.");
    };
    UiTools::describe(m_sendBuffer, "sendBufferEdit", tr("Send buffer"));
    UiTools::describe(m_receiveBuffer, "receiveBufferEdit", tr("Receive buffer"));
    m_sendBuffer->setText(sizeText(options.sendBufferBytes));
    m_receiveBuffer->setText(sizeText(options.receiveBufferBytes));
    m_sendBuffer->setToolTip(tr("Bytes that the system holds until the peer acknowledges them (SO_SNDBUF)"));
    m_receiveBuffer->setToolTip(
        tr("Bytes that the system holds until this program reads them (SO_RCVBUF). It limits the receive window."));
    for (CheckedEdit *edit : {m_sendBuffer, m_receiveBuffer}) {
        edit->setPlaceholderText(tr("the system chooses"));
        edit->setCheck(checkSize);
    }
    UiTools::describe(m_keepAlive, "keepAliveEdit", tr("Keep alive"));
    m_keepAlive->setText(options.keepAlive ? SocketOptions::text(*options.keepAlive) : QString());
    m_keepAlive->setPlaceholderText(tr("off, or seconds, seconds, probes: 60,10,5"));
    m_keepAlive->setToolTip(tr("Probe a silent connection (SO_KEEPALIVE). 60,10,5: after 60 s without a segment, then "
                               "every 10 s; give up after 5 probes without an answer"));
    m_keepAlive->setCheck([](const QString &text) {
        return text.trimmed().isEmpty() || SocketOptions::parseKeepAlive(text)
                   ? QString()
                   : tr("Keep alive takes three numbers from 1, such as 60,10,5: seconds of silence, seconds between "
                        "probes, probes.");
    });
}

void SocketDialog::check()
{
    QString error;
    for (const CheckedEdit *edit : {m_sendBuffer, m_receiveBuffer, m_keepAlive}) {
        if (error.isEmpty())
            error = edit->error();
    }
    m_error->setText(error);
    m_ok->setEnabled(error.isEmpty());
}

QAbstractSocket::NetworkLayerProtocol SocketDialog::ipVersion() const
{
    return QAbstractSocket::NetworkLayerProtocol(m_ipVersion->currentData().toInt());
}

SocketOptions SocketDialog::options() const
{
    return {.hasNoDelay = m_noDelay->isChecked(),
            .keepAlive = SocketOptions::parseKeepAlive(m_keepAlive->text()),
            .sendBufferBytes = SocketOptions::parseBufferBytes(m_sendBuffer->text()).value_or(0),
            .receiveBufferBytes = SocketOptions::parseBufferBytes(m_receiveBuffer->text()).value_or(0)};
}

#include "moc_socketdialog.cpp"
