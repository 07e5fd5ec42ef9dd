"""Offices call firms of their area that have not finished; nobody else learns whom to call."""

from django.db import migrations

CONTACTS = """
CREATE FUNCTION enterprises_contacts(which bigint[])
RETURNS TABLE (firm_id bigint, name text, phone text, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT DISTINCT ON (m.firm_id) m.firm_id, m.name, m.phone, p.email
    FROM enterprises_member m
    JOIN offices_account p ON p.id = m.account_id
    JOIN enterprises_firm f ON f.id = m.firm_id
    JOIN offices_area a ON a.id = f.area_id
    WHERE m.firm_id = ANY(which) AND m.role = 'owner' AND m.left_at IS NULL
      AND tidu_kind() IN ('office', 'auditor')
      AND a.office_id IN (SELECT offices_at_or_below(tidu_office()))
    ORDER BY m.firm_id, m.joined_at, m.id
$$
"""


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0002_policies"), ("offices", "0002_policies"), ("database", "0001_who_is_asking")]
    operations = [migrations.RunSQL(CONTACTS, "DROP FUNCTION enterprises_contacts")]
