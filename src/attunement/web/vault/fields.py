"""Model fields whose values are encrypted with the key of the client, or user, that the row belongs to.

They read and write like plain fields of an instance: `note.text = "…"`, `note.save()`, `note.text`. A value is
decrypted when it is first read. What is sealed cannot be searched, and `update()` refuses it.
"""

from __future__ import annotations

import base64
import json
import uuid
from typing import TYPE_CHECKING, Any, overload

from django.db import models

from attunement.web.vault.keys import key_of
from attunement.web.vault.sealing import seal, unseal

if TYPE_CHECKING:
    from typing import Self


class Sealed(bytes):
    """An encrypted value as it lies in the database."""


class _Opening:
    """Decrypts a field's value when it is first asked for."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = instance.__dict__[name] = self.field.opened(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField[Any, Any]):
    """The base of all sealed fields; `to_bytes` and `from_bytes` are what they differ in."""

    def to_bytes(self, value: Any) -> bytes:
        """The value as bytes to be sealed."""
        raise NotImplementedError

    def from_bytes(self, content: bytes) -> Any:
        """What `to_bytes` was given."""
        raise NotImplementedError

    def opened(self, instance: models.Model, sealed: Sealed) -> Any:
        """The value in the clear."""
        return self.from_bytes(unseal(sealed, key=key_of(_owner_of(instance)), place=self._place(instance)))

    def sealed(self, instance: models.Model) -> Sealed | None:
        """The value as it is stored; one that was never opened stays as it is."""
        value = instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(seal(self.to_bytes(value), key=key_of(_owner_of(instance)), place=self._place(instance)))

    def _place(self, instance: models.Model) -> str:
        return f"{instance._meta.label}.{self.attname}:{instance.pk}"

    # --- what Django calls --------------------------------------------------------------------------------------------

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Decrypt where the value is read."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _Opening(self))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """Encrypt before it is saved."""
        return self.sealed(model_instance)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Leave it sealed until it is asked for."""
        return None if value is None else Sealed(value)

    def get_prep_value(self, value: Any) -> Any:
        """Refuse whatever would go into the database in the clear."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is sealed: set it on an instance and save that.")
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """As the database wants bytes."""
        return super().get_db_prep_value(self.get_prep_value(value), connection, True)

    def get_default(self) -> Any:
        """Nothing."""
        return None

    def value_from_object(self, obj: models.Model) -> Sealed | None:
        """For a backup: sealed, as it is; the key may be gone."""
        return self.sealed(obj)

    def value_to_string(self, obj: models.Model) -> str:
        """For a backup, in letters."""
        sealed = self.sealed(obj)
        return "" if sealed is None else base64.b64encode(sealed).decode("ascii")

    def to_python(self, value: Any) -> Any:
        """From a backup."""
        if isinstance(value, str):  # from a backup
            return Sealed(base64.b64decode(value)) if value else None
        return value

    if TYPE_CHECKING:

        @overload  # type: ignore[override]
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: models.Model, owner: Any) -> Any: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class SealedText(SealedField):
    """Words."""

    def to_bytes(self, value: str) -> bytes:
        """UTF-8."""
        return value.encode()

    def from_bytes(self, content: bytes) -> str:
        """UTF-8."""
        return content.decode()


class SealedJSON(SealedField):
    """Anything that JSON can say."""

    def to_bytes(self, value: Any) -> bytes:
        """JSON."""
        return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()

    def from_bytes(self, content: bytes) -> Any:
        """JSON."""
        return json.loads(content)


class SealedBytes(SealedField):
    """Bytes."""

    def to_bytes(self, value: bytes) -> bytes:
        """As they are."""
        return bytes(value)

    def from_bytes(self, content: bytes) -> bytes:
        """As they are."""
        return content


class OfClient(models.Model):
    """A row that belongs to one client, whose key seals it and with whom it is erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE)

    class Meta:
        abstract = True


def _owner_of(instance: models.Model) -> uuid.UUID:
    """Whose key seals this row: that of the client whom it belongs to or is, else of the user."""
    owner = getattr(instance, "client_id", None) or getattr(instance, "user_id", None) or instance.pk
    return owner if isinstance(owner, uuid.UUID) else uuid.UUID(str(owner))
