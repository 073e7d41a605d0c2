// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "framingedit.h"

#include "checkededit.h"
#include "ui/tools/uitools.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace {

constexpr int parameterRole = Qt::UserRole + 1; ///< what the field contains at first; invalid: no parameters
constexpr int toolTipRole = Qt::UserRole + 2;   ///< of the field

} // namespace

FramingEdit::FramingEdit(Use use, QWidget *parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_parameters(new CheckedEdit(this))
{
    const bool isReceiving = use == Use::Receiving;
    UiTools::describe(m_kind, isReceiving ? "framingCombo" : "sendFramingCombo",
                      isReceiving ? tr("Messages end with") : tr("Sent messages end with"));
    UiTools::describe(m_parameters, isReceiving ? "framingEdit" : "sendFramingEdit",
                      tr("Details of the message's end"));
    if (!isReceiving)
        m_kind->addItem(use == Use::Sending ? tr("The same") : tr("As in the window"), QString());
    addKinds();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(UiTools::grid);
    layout->addWidget(m_kind, 1);
    layout->addWidget(m_parameters, 1);
    m_kind->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Expanding); // no name of a kind is cut
    m_parameters->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    setFocusProxy(m_kind);
    m_parameters->setCheck([this](const QString &) {
        QString error;
        if (m_kind->currentData(parameterRole).isValid())
            Framing::parse(text(), &error);
        return error;
    });
    showKind();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &FramingEdit::showKind);
    connect(m_parameters, &CheckedEdit::checked, this, &FramingEdit::changed);
}

void FramingEdit::addKinds()
{
    const auto add = [this](const QString &name, Framing::Kind kind, const QString &parameters = {},
                            const QString &toolTip = {}) {
        m_kind->addItem(name, QString::fromLatin1(Framing::word(kind)));
        if (!parameters.isEmpty())
            m_kind->setItemData(m_kind->count() - 1, parameters, parameterRole);
        m_kind->setItemData(m_kind->count() - 1, toolTip, toolTipRole);
    };
    using Kind = Framing::Kind;
    add(tr("NUL"), Kind::Nul);
    add(tr("newline"), Kind::Newline);
    add(tr("CR LF"), Kind::CrLf);
    add(tr("nothing"), Kind::None);
    add(tr("end marker"), Kind::End, QStringLiteral("03"), tr("The marker in hexadecimal digits, such as 0d0a2e0d0a"));
    add(tr("two markers"), Kind::Between, QStringLiteral("02,03"),
        tr("Both markers in hexadecimal digits, such as 02,03"));
    add(tr("fixed size"), Kind::Fixed, QStringLiteral("128"), tr("The size of each message in bytes"));
    add(tr("length prefix"), Kind::Length, QStringLiteral("2be"),
        tr("2be: two bytes, big-endian. 4le@2+6: four bytes, little-endian, after two other bytes; 6 is added to it."));
    add(tr("silence"), Kind::Silence, QStringLiteral("200"), tr("Milliseconds in which nothing came"));
}

/// Shows the field for the parameters of the kind, with an example in it.
void FramingEdit::showKind()
{
    const QVariant example = m_kind->currentData(parameterRole);
    m_parameters->setVisible(example.isValid());
    m_parameters->setToolTip(m_kind->currentData(toolTipRole).toString());
    if (m_parameters->text() == example.toString())
        m_parameters->clear(); // the text has to change for the check
    m_parameters->setText(example.toString());
    emit changed();
}

std::optional<Framing> FramingEdit::framing() const
{
    return Framing::parse(text());
}

QString FramingEdit::error() const
{
    return m_kind->currentData(parameterRole).isValid() ? m_parameters->error() : QString();
}

QString FramingEdit::text() const
{
    const QString word = m_kind->currentData().toString();
    return m_kind->currentData(parameterRole).isValid() ? word + QLatin1Char(':') + m_parameters->text() : word;
}

void FramingEdit::setText(const QString &text)
{
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    const int index = m_kind->findData(colon < 0 ? text : text.first(colon));
    if (index < 0)
        return;
    m_kind->setCurrentIndex(index);
    if (colon >= 0)
        m_parameters->setText(text.sliced(colon + 1));
}

#include "moc_framingedit.cpp"
