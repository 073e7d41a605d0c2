// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "watchform.h"

#include "capture/captureinterface.h"
#include "checkededit.h"
#include "packets/endpoint.h"
#include "ui/guide/guide.h"
#include "ui/tools/uitools.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

WatchForm::WatchForm(QWidget *window)
    : QDialog(window)
    , m_port(new CheckedEdit(this))
    , m_where(new QComboBox(this))
    , m_error(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Watch a Port"));
    Guide::addHelpKey(*this);
    UiTools::describe(m_port, "watchPort", tr("Port"));
    UiTools::describe(m_where, "watchWhere", tr("Where to capture"));
    UiTools::describe(m_error, "watchError", tr("Error"));
    const QString loopback = CaptureInterface::at(QHostAddress::LocalHost);
    m_where->addItem(tr("Within this machine (%1)").arg(loopback), loopback);
    m_where->addItem(tr("On all interfaces"), CaptureInterface::at(QHostAddress::Any));
    auto *what =
        new QLabel(tr("Shows the connections between two other programs live. One of them listens on this port."));
    what->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_watch = buttons->addButton(tr("&Watch"), QDialogButtonBox::AcceptRole);
    m_watch->setObjectName(QStringLiteral("watchButton"));
    m_watch->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons, &QDialogButtonBox::accepted, this, &WatchForm::request);

    auto *layout = new QFormLayout(this);
    layout->addRow(what);
    layout->addRow(tr("&Port"), m_port);
    layout->addRow(tr("W&here"), m_where);
    layout->addRow(m_error);
    layout->addRow(buttons);
    m_port->setText(QStringLiteral("8700"));
    m_port->selectAll();
    m_port->setCheck([](const QString &text) {
        return Endpoint::parsePort(text, 1) ? QString() : tr("A port is a number from 1 to 65535.");
    });
    connect(m_port, &CheckedEdit::checked, this, &WatchForm::check);
    check();
}

void WatchForm::check()
{
    m_error->setText(m_port->error());
    m_watch->setEnabled(m_port->error().isEmpty());
    m_watch->setToolTip(m_port->error());
}

void WatchForm::request()
{
    emit watchRequested(m_where->currentData().toString(), Endpoint::parsePort(m_port->text(), 1).value_or(0));
    close();
}

#include "moc_watchform.cpp"
